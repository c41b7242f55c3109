using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Telemetry;

/// <summary>A backend of which tests replace what they are about.</summary>
internal abstract class StubBackend : IRateLimitBackend
{
    public abstract string Name { get; }

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = null;
        return true;
    }

    public abstract RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost);

    public virtual ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        new(Acquire(policy, key, cost));

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        new(Acquire(policy, key, 0));

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public virtual ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        new(new BackendHealth(IsHealthy: true, TimeSpan.FromMilliseconds(2)));
}

/// <summary>Cannot decide, and says so.</summary>
internal sealed class BrokenBackend : StubBackend
{
    public override string Name => "broken backend";

    public override RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        RateLimitDecision.Unavailable(policy, TimeSpan.FromSeconds(1));

    public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        new(new BackendHealth(IsHealthy: false, TimeSpan.FromMilliseconds(50), "no answer"));
}

/// <summary>Throws.</summary>
internal sealed class ThrowingBackend : StubBackend
{
    public override string Name => "throwing backend";

    public override RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => throw new InvalidOperationException("gone");

    public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("gone");
}

/// <summary>Takes its time, and answers an asynchronous call later.</summary>
internal sealed class SlowBackend(FakeTime time) : StubBackend
{
    public const double Seconds = 0.25;

    public override string Name => "slow backend";

    public override RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        time.Advance(TimeSpan.FromSeconds(Seconds));
        return RateLimitDecision.Allow(policy, 1, TimeSpan.Zero);
    }

    public override ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        return Later();

        async ValueTask<RateLimitDecision> Later()
        {
            await Task.Yield();
            return Acquire(policy, default, cost);
        }
    }
}
