using System.Collections.Immutable;

namespace SmartRateLimit.Binding;

/// <summary>What the attributes of an endpoint type mean.</summary>
internal sealed class EndpointBinding(ImmutableArray<PolicyBinding> policies, ImmutableArray<BindingProblem> problems)
{
    public ImmutableArray<PolicyBinding> Policies { get; } = policies;

    public ImmutableArray<BindingProblem> Problems { get; } = problems;
}
