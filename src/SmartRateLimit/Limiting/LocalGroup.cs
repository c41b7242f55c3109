using SmartRateLimit.Telemetry;

namespace SmartRateLimit.Limiting;

/// <summary>
/// Several requests that one backend in this process decides in one step, which is what nearly every group is: nothing is
/// allocated for it. Each thread keeps one for its next group.
/// </summary>
internal sealed class LocalGroup
{
    private const int MostKept = 16;

    [ThreadStatic]
    private static LocalGroup? t_spare;

    private readonly PolicyResolution[] _resolutions;
    private readonly RateLimitRequest[] _requests;
    private readonly RateLimitDecision[] _decisions;

    private LocalGroup(int count) =>
        (_resolutions, _requests, _decisions) = (new PolicyResolution[count], new RateLimitRequest[count], new RateLimitDecision[count]);

    /// <summary>Decides a group of this kind.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="decisions">Room for each request's own decision; none when nobody wants them.</param>
    /// <param name="mayReserve">Whether the callers can wait.</param>
    /// <param name="table">What is in force.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="together">The decision for all.</param>
    /// <returns>Whether it was one; if not, nothing is decided.</returns>
    /// <exception cref="ArgumentException">A request is invalid.</exception>
    public static bool TryAcquire(
        ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve, PolicyTable table, DecisionObserver observer, out RateLimitDecision together)
    {
        if (requests.IsEmpty || (!decisions.IsEmpty && decisions.Length < requests.Length) || DecisionTracing.IsOn)
        {
            together = default;
            return false;
        }

        var group = t_spare;
        t_spare = null;
        if (group is null || group._requests.Length < requests.Length)
        {
            group = new LocalGroup(Math.Max(4, requests.Length));
        }

        var isDecided = group.TryDecide(requests, decisions, mayReserve, table, observer, out together);
        group.Clear(requests.Length);
        return isDecided;
    }

    private bool TryDecide(
        ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve, PolicyTable table, DecisionObserver observer, out RateLimitDecision together)
    {
        together = default;
        MemoryBackend? memory = null;
        for (var i = 0; i < requests.Length; i++)
        {
            var (policy, key, cost) = requests[i];
            ArgumentOutOfRangeException.ThrowIfNegative(cost, nameof(requests));
            var resolution = table.Resolve(policy);
            memory ??= resolution.Memory;
            if (memory is null || !ReferenceEquals(memory, resolution.Memory) || resolution.Policy.Shadow)
            {
                return false;
            }

            _resolutions[i] = resolution;
            _requests[i] = new RateLimitRequest(resolution.Policy, resolution.Fold(key), cost);
        }

        var own = decisions.IsEmpty ? _decisions.AsSpan(0, requests.Length) : decisions[..requests.Length];
        var start = observer.Start();
        together = memory!.AcquireTogether(_requests.AsSpan(0, requests.Length), own, mayReserve);
        observer.Took(start, memory);
        if (!together.IsAllowed || DecisionMetrics.IsOn)
        {
            Tell(observer, own, together);
        }

        return true;
    }

    /// <summary>A rejected group charged nothing, so what it would have admitted is no decision of those policies.</summary>
    private void Tell(DecisionObserver observer, ReadOnlySpan<RateLimitDecision> decisions, in RateLimitDecision together)
    {
        for (var i = 0; i < decisions.Length; i++)
        {
            if (together.IsAllowed || !decisions[i].IsAllowed)
            {
                observer.Decided(decisions[i], _resolutions[i], _requests[i].Key.Span);
            }
        }
    }

    // What a thread keeps must keep nothing alive.
    private void Clear(int used)
    {
        if (_requests.Length <= MostKept)
        {
            Array.Clear(_resolutions, 0, used);
            Array.Clear(_requests, 0, used);
            Array.Clear(_decisions, 0, used);
            t_spare = this;
        }
    }
}
