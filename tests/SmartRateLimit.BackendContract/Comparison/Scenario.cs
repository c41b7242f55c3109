namespace SmartRateLimit.Contract.Comparison;

/// <summary>A history to be lived through by a backend and by the model: policies of one name, and what happens.</summary>
internal sealed record Scenario(DateTimeOffset Start, IReadOnlyList<RateLimitPolicy> Policies, IReadOnlyList<Operation> Operations)
{
    public override string ToString() =>
        $"start {Start:O}\npolicies\n  {string.Join("\n  ", Policies)}\noperations\n  {string.Join("\n  ", Operations)}";
}
