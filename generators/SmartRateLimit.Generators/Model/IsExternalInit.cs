namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for before it allows records, and netstandard2.0 lacks.</summary>
internal static class IsExternalInit;
