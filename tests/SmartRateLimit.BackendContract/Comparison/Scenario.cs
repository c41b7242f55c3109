namespace SmartRateLimit.Contract.Comparison;

/// <summary>A history to be lived through by a backend and by the model: policies of one name, and what happens.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Policies">The policies that a key lives under in turn.</param>
/// <param name="Operations">What happens.</param>
/// <param name="IsWrittenWhenAsked">Whether the backend notes what has run out also when it refuses.</param>
internal sealed record Scenario(DateTimeOffset Start, IReadOnlyList<RateLimitPolicy> Policies, IReadOnlyList<Operation> Operations, bool IsWrittenWhenAsked)
{
    public override string ToString() =>
        $"start {Start:O}\npolicies\n  {string.Join("\n  ", Policies.Select(Describe))}\noperations\n  {string.Join("\n  ", Operations)}";

    private static string Describe(RateLimitPolicy policy) => FormattableString.Invariant(
        $"{policy.Algorithm} {string.Join("; ", policy.Rates)}, burst {policy.Burst}, initial {policy.InitialPermits}, aligned {policy.AlignToClock}, wait {policy.MaxWait}");
}
