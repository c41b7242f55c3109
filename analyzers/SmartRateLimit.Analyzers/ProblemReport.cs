using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Makes the compiler's diagnostics of what binding found.</summary>
internal static class ProblemReport
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        Descriptors.All.ToImmutableDictionary(descriptor => descriptor.Id);

    public static void Report(ImmutableArray<BindingProblem> problems, Action<Diagnostic> report)
    {
        foreach (var problem in problems)
        {
            report(Diagnostic.Create(ById[problem.Id], problem.Location, problem.Properties, [.. problem.Arguments]));
        }
    }
}
