using SmartRateLimit.Backends.Memory.Cells;

namespace SmartRateLimit.Backends.Memory;

/// <summary>Decides several requests as one step: it holds the gates of all their keys.</summary>
internal readonly struct BucketGroup(MemoryBackend backend, KeyGates gates, BucketTable buckets, BackendClock clock)
{
    public RateLimitDecision Acquire(ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve)
    {
        while (true)
        {
            var parts = new GroupPart[requests.Length];
            if (TryAcquire(requests, parts, decisions, mayReserve))
            {
                foreach (var part in parts)
                {
                    if (part.Room == KeyRoom.Taken)
                    {
                        part.Lane!.Maintain();
                    }
                }

                return CombinedDecision.Of(decisions[..parts.Length]);
            }

            // Nobody may wait for a table to grow while holding gates.
            Array.Find(parts, part => part.Room == KeyRoom.Wanted)!.Lane!.Grow();
        }
    }

    /// <returns>Whether it is decided; if not, the lane of a part must grow first.</returns>
    private bool TryAcquire(ReadOnlySpan<RateLimitRequest> requests, GroupPart[] parts, Span<RateLimitDecision> decisions, bool mayReserve)
    {
        var wanted = 0UL;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = new GroupPart(requests[i], mayReserve, backend, buckets, clock);
            wanted |= 1UL << parts[i].Key.Gate;
        }

        gates.Enter(wanted);
        try
        {
            return TryDecide(parts, decisions);
        }
        finally
        {
            gates.Exit(wanted);
        }
    }

    private bool TryDecide(GroupPart[] parts, Span<RateLimitDecision> decisions)
    {
        var holdsShared = false;
        var found = 0;
        try
        {
            // A bucket that is found must not make room for the next one.
            for (; found < parts.Length; found++)
            {
                if (!parts[found].TryFind(parts.AsSpan(0, found)))
                {
                    if (parts[found].Room == KeyRoom.Wanted)
                    {
                        return false;
                    }

                    if (!holdsShared)
                    {
                        Monitor.Enter(gates.Shared, ref holdsShared);
                    }

                    parts[found].FindShared(parts.AsSpan(0, found));
                }
            }

            Settle(parts, decisions);
            return true;
        }
        finally
        {
            foreach (var part in parts.AsSpan(0, found))
            {
                part.Release();
            }

            if (holdsShared)
            {
                Monitor.Exit(gates.Shared);
            }
        }
    }

    private static void Settle(GroupPart[] parts, Span<RateLimitDecision> decisions)
    {
        // Each request is charged before the next is measured, since two of them may ask of one bucket.
        var everyAdmitted = true;
        foreach (var part in parts)
        {
            part.Judge();
            everyAdmitted &= part.Judgement.IsAdmitted;
        }

        if (!everyAdmitted)
        {
            for (var i = parts.Length - 1; i >= 0; i--)
            {
                parts[i].Undo();
            }

            foreach (var part in parts)
            {
                part.Reconsider();
            }
        }

        for (var i = 0; i < parts.Length; i++)
        {
            decisions[i] = parts[i].Decision;
        }
    }
}
