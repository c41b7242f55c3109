using System.Collections.Concurrent;
using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Remote;

/// <summary>
/// Coalesces requests: those of one bucket always share a lane, and the buckets of a slot are spread over a few lanes, so
/// that one call's reply need not be back before another bucket's call leaves.
/// </summary>
internal sealed class CallLanes(GuardedStore guard, RefusalMemory refusals, int lanesPerSlot)
{
    private readonly ConcurrentDictionary<(int Slot, int Number), CallLane> _lanes = new();
    private readonly CallWaiterPool _waiters = new(guard.Store);

    public ValueTask<Attempt> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool mayReserve, RefusalMark mark, CancellationToken cancellationToken)
    {
        var waiter = _waiters.Rent();
        waiter.Start(policy, key, cost, mayReserve, mark);
        var result = waiter.Result;
        if (cancellationToken.CanBeCanceled)
        {
            waiter.CancelWith(cancellationToken);
        }

        Lane(guard.Store.Slot(policy, key), (int)((uint)mark.Hash % (uint)lanesPerSlot)).Add(waiter);
        return result;
    }

    private CallLane Lane(int slot, int number) => _lanes.TryGetValue((slot, number), out var lane)
        ? lane
        : _lanes.GetOrAdd((slot, number), static (_, lanes) => new CallLane(lanes.Guard, lanes.Refusals), (Guard: guard, Refusals: refusals));
}
