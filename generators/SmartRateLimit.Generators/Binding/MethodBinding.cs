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

    public ImmutableArray<BindingProblem> Problems { get; } = problems;

    public bool HasErrors => Problems.Any(problem => problem.IsError);
}
