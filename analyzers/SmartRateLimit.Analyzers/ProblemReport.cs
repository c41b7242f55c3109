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
            report(Diagnostic.Create(ById[problem.Id], problem.Location, problem.Properties, [.. Arguments(problem)]));
        }
    }

    /// <summary>A wrong rate comes with the right one, where it can be guessed.</summary>
    private static ImmutableArray<object> Arguments(BindingProblem problem) =>
        problem.Id == ProblemId.InvalidRate && problem.Arguments[0] is string text && RateSuggestion.For(text) is { } rate
            ? [text, problem.Arguments[1] + "; did you mean \"" + rate + "\"?"]
            : problem.Arguments;
}
