using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Compiling;

/// <summary>Assertions on what the compiler says.</summary>
public static class CompilationAssert
{
    /// <summary>Asserts that the compiler reports no error and no warning.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="texts">Texts that help to understand a failure.</param>
    public static void IsClean(CSharpCompilation compilation, params string[] texts)
    {
        var problems = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed).ToArray();
        if (problems.Length > 0)
        {
            Assert.Fail(string.Join(Environment.NewLine, [.. problems.Select(problem => problem.ToString()), .. texts]));
        }
    }
}
