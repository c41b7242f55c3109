namespace SmartRateLimit.Tests;

/// <summary>A backend that admits everything and remembers with which keys it was asked.</summary>
internal sealed class RecordingBackend(string name = "recording") : IRateLimitBackend
{
    public List<string> Keys { get; } = [];

    public string? Refusal { get; init; }

    public string Name => name;

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = Refusal;
        return reason is null;
    }

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => Record(policy, key);

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        new(Record(policy, key));

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        new(Record(policy, key));

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        _ = Record(policy, key);
        return ValueTask.CompletedTask;
    }

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => new(new BackendHealth(true, TimeSpan.Zero));

    private RateLimitDecision Record(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        Keys.Add(key.ToString());
        return RateLimitDecision.Allow(policy, 1, TimeSpan.Zero);
    }
}
