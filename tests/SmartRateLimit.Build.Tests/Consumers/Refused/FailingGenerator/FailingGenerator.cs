using System;
using Microsoft.CodeAnalysis;

/// <summary>A generator that always fails.</summary>
[Generator]
public sealed class FailingGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (_, _) => throw new InvalidOperationException("It fails."));
}
