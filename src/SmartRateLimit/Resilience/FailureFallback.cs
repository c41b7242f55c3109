using SmartRateLimit.Backends;

namespace SmartRateLimit.Resilience;

/// <summary>Answers for a backend that could not decide, as the policy's failure mode says. Every answer is degraded.</summary>
internal sealed class FailureFallback(int maxKeys, TimeProvider time)
{
    private const int Elsewhere = 0;
    private const int Here = 1;

    private readonly Deciders _deciders = new();
    private readonly Lazy<MemoryBackend> _local = new(() => new MemoryBackend(new MemoryBackendOptions { MaxKeys = maxKeys, TimeProvider = time }));

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool mayReserve, RateLimitBackendException failure, TimeSpan retryAfter) =>
        Mode(policy, failure) switch
        {
            FailureMode.Local => AcquireLocally(policy, key, cost, mayReserve).AsDegraded(),
            FailureMode.Open => Admission(policy),
            _ => RateLimitDecision.Unavailable(policy, retryAfter),
        };

    /// <summary>All are admitted, or nothing is charged: one closed policy rejects the group.</summary>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve, RateLimitBackendException failure, TimeSpan retryAfter)
    {
        var local = new List<RateLimitRequest>();
        var isClosed = false;
        foreach (var request in requests)
        {
            var mode = Mode(request.Policy, failure);
            isClosed |= mode == FailureMode.Closed;
            if (mode == FailureMode.Local)
            {
                local.Add(request);
            }
        }

        var together = isClosed ? Peek(local) : AcquireLocally(local, mayReserve);
        for (var (i, next) = (0, 0); i < requests.Length; i++)
        {
            var policy = requests[i].Policy;
            decisions[i] = Mode(policy, failure) switch
            {
                FailureMode.Local => together[next++].AsDegraded(),
                FailureMode.Open => Admission(policy),
                _ => RateLimitDecision.Unavailable(policy, retryAfter),
            };
        }

        return CombinedDecision.Of(decisions[..requests.Length]);
    }

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key, RateLimitBackendException failure, TimeSpan retryAfter) =>
        Mode(policy, failure) switch
        {
            FailureMode.Local => Now(_local.Value.PeekAsync(policy, key, CancellationToken.None)).AsDegraded(),
            FailureMode.Open => Admission(policy),
            _ => RateLimitDecision.Unavailable(policy, retryAfter),
        };

    /// <summary>Takes note that permits of a bucket were not taken here, once it may have been otherwise.</summary>
    public void ChargedElsewhere(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        if (_local.IsValueCreated)
        {
            _deciders.Note(policy, key, Elsewhere);
        }
    }

    /// <summary>
    /// Hands permits back if they were taken here. Where that is in doubt they stay spent: handed back to whoever never
    /// took them, they would be minted.
    /// </summary>
    /// <returns>Whether that was all; otherwise they were taken elsewhere and are to be handed back there.</returns>
    public bool KeepsRefund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool isFailing)
    {
        if (policy.OnBackendFailure != FailureMode.Local)
        {
            return isFailing;
        }

        if (!_local.IsValueCreated)
        {
            return false;
        }

        var decider = _deciders.Of(policy, key);
        if (decider == Here)
        {
            _ = Now(_local.Value.RefundAsync(policy, key, cost, CancellationToken.None));
        }

        return decider != Elsewhere;
    }

    public void Reset(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        if (_local.IsValueCreated)
        {
            _ = Now(_local.Value.ResetAsync(policy, key, CancellationToken.None));
        }
    }

    /// <summary>The mode in force: who may not use a backend at all is a mistake to be noticed, not an outage to be ridden out.</summary>
    private static FailureMode Mode(RateLimitPolicy policy, RateLimitBackendException failure) =>
        policy.OnBackendFailure == FailureMode.Open && failure.Failure == BackendFailure.Misconfigured ? FailureMode.Closed : policy.OnBackendFailure;

    // Nothing is known of what is left, so nothing is promised.
    private static RateLimitDecision Admission(RateLimitPolicy policy) =>
        RateLimitDecision.Allow(policy, remaining: 0, resetAfter: TimeSpan.Zero).AsDegraded();

    private RateLimitDecision AcquireLocally(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool mayReserve)
    {
        var decision = mayReserve
            ? Now(_local.Value.AcquireAsync(policy, key, cost, CancellationToken.None))
            : _local.Value.Acquire(policy, key, cost);
        if (decision.IsAllowed)
        {
            _deciders.Note(policy, key, Here);
        }

        return decision;
    }

    private RateLimitDecision[] AcquireLocally(List<RateLimitRequest> requests, bool mayReserve)
    {
        var decisions = new RateLimitDecision[requests.Count];
        if (decisions.Length == 0)
        {
            return decisions;
        }

        var together = mayReserve
            ? Now(_local.Value.AcquireAllAsync(requests.ToArray(), decisions, CancellationToken.None))
            : _local.Value.AcquireAll(requests.ToArray(), decisions);
        foreach (var (policy, key, _) in together.IsAllowed ? requests : [])
        {
            _deciders.Note(policy, key.Span, Here);
        }

        return decisions;
    }

    private RateLimitDecision[] Peek(List<RateLimitRequest> requests) =>
        [.. requests.Select(request => Now(_local.Value.PeekAsync(request.Policy, request.Key.Span, CancellationToken.None)))];

    // A backend in memory has answered when it returns.
    private static RateLimitDecision Now(ValueTask<RateLimitDecision> answered) => answered.GetAwaiter().GetResult();

    private static bool Now(ValueTask done)
    {
        done.GetAwaiter().GetResult();
        return true;
    }
}
