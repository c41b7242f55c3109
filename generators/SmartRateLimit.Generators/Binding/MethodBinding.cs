using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>All that the attributes of one method mean, shared by generator and analyzers.</summary>
internal sealed class MethodBinding(
    IMethodSymbol method,
    AnnotationRole role,
    ReturnBinding @return,
    LimiterBinding? limiter,
    IMethodSymbol? core,
    ImmutableArray<PolicyBinding> policies,
    ISymbol? request,
    bool isWeb,
    ImmutableArray<BindingProblem> problems)
{
    /// <summary>The method; its defining part when it is partial.</summary>
    public IMethodSymbol Method { get; } = method;

    public AnnotationRole Role { get; } = role;

    public ReturnBinding Return { get; } = @return;

    /// <summary>Where the limiter comes from; <see langword="null"/> when the method is not partial or none can be chosen.</summary>
    public LimiterBinding? Limiter { get; } = limiter;

    /// <summary>The method that holds the author's body; <see langword="null"/> when the method is not partial or there is none.</summary>
    public IMethodSymbol? Core { get; } = core;

    /// <summary>One for each attribute that could be read, in source order.</summary>
    public ImmutableArray<PolicyBinding> Policies { get; } = policies;

    /// <summary>Every value that the attributes name, of those that could be bound.</summary>
    public IEnumerable<ValueBinding> Values => Policies
        .SelectMany(policy => new[] { policy.Cost?.Value, policy.SkipIf, policy.OnRejected }
            .Concat(policy.Key?.Alternatives.SelectMany(parts => parts.Select(part => part.Value)) ?? []))
        .OfType<ValueBinding>();

    /// <summary>The parameter or property that holds the HTTP request; <see langword="null"/> when none is in reach, or nothing is referenced that could use it.</summary>
    public ISymbol? Request { get; } = request;

    /// <summary>Whether the package that answers HTTP requests is referenced.</summary>
    public bool IsWeb { get; } = isWeb;

    public ImmutableArray<BindingProblem> Problems { get; } = problems;

    public bool HasErrors => Problems.Any(problem => problem.IsError);
}
