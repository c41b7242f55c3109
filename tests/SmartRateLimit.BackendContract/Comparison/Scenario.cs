namespace SmartRateLimit.Contract.Comparison;

/// <summary>A history to be lived through by a backend and by the model: policies of one name, and what happens.</summary>
internal sealed record Scenario(DateTimeOffset Start, IReadOnlyList<RateLimitPolicy> Policies, IReadOnlyList<Operation> Operations)
{
    public override string ToString() =>
        $"start {Start:O}\npolicies\n  {string.Join("\n  ", Policies.Select(Describe))}\noperations\n  {string.Join("\n  ", Operations)}";

    private static string Describe(RateLimitPolicy policy) => FormattableString.Invariant(
        $"{policy.Algorithm} {string.Join("; ", policy.Rates)}, burst {policy.Burst}, initial {policy.InitialPermits}, aligned {policy.AlignToClock}, wait {policy.MaxWait}");
}
