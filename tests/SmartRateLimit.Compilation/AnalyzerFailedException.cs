using Microsoft.CodeAnalysis.Diagnostics;

namespace SmartRateLimit.Compiling;

/// <summary>An analyzer threw, which it must never do.</summary>
public sealed class AnalyzerFailedException(DiagnosticAnalyzer analyzer, Exception exception)
    : Exception($"{analyzer.GetType().Name} threw: {exception}", exception);
