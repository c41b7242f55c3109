using SmartRateLimit.Tests.Telemetry;

namespace SmartRateLimit.Tests.Hosting;

/// <summary>Cannot decide the first few times, or never says.</summary>
internal sealed class ColdBackend(int failures = 0, bool answers = true) : StubBackend
{
    private int _asked;

    public override string Name => "cold backend";

    public int Asked => _asked;

    public override RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => RateLimitDecision.Allow(policy, 1, TimeSpan.Zero);

    public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var isHealthy = Interlocked.Increment(ref _asked) > failures;
        return answers ? new(new BackendHealth(isHealthy, TimeSpan.Zero)) : new(new TaskCompletionSource<BackendHealth>().Task);
    }
}
