using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>The model behind the interface of a backend, so that the suite can be tried on the model itself.</summary>
public sealed class ReferenceBackend(TimeProvider time) : IRateLimitBackend
{
    private readonly Lock _gate = new();
    private readonly ReferenceModel _model = new(time);

    public string Name => "reference";

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = null;
        return true;
    }

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        Decide(policy, key, cost, mayReserve: false);

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        new(Decide(policy, key, cost, mayReserve: true));

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _model.Refund(policy, key.ToString(), cost);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(ToDecision(policy, _model.Peek(policy, key.ToString())));
        }
    }

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _model.Reset(policy, key.ToString());
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => new(new BackendHealth(true, TimeSpan.Zero));

    private RateLimitDecision Decide(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool mayReserve)
    {
        lock (_gate)
        {
            return ToDecision(policy, _model.Acquire(policy, key.ToString(), cost, mayReserve));
        }
    }

    private static RateLimitDecision ToDecision(RateLimitPolicy policy, Answer answer) => answer.IsAllowed
        ? RateLimitDecision.Allow(policy, (long)answer.Remaining, ToTime(answer.ResetAfter), ToTime(answer.Delay), answer.LeastRate)
        : RateLimitDecision.Reject(
            policy,
            (long)answer.Remaining,
            ToTime(answer.RetryAfter),
            ToTime(answer.ResetAfter),
            answer.LeastRate,
            answer.ViolatedRate,
            answer.Reason == RateLimitReason.CostExceedsLimit);

    private static TimeSpan ToTime(BigInteger? ticks) => ticks is { } some ? TimeSpan.FromTicks((long)some) : Timeout.InfiniteTimeSpan;
}
