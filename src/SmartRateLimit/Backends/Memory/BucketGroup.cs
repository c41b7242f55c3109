using SmartRateLimit.Backends.Memory.Cells;

namespace SmartRateLimit.Backends.Memory;

/// <summary>Decides several requests as one step: it holds the gates of all their keys. Nothing is allocated.</summary>
internal readonly struct BucketGroup(MemoryBackend backend, KeyGates gates, BucketTable buckets, BackendClock clock)
{
    public RateLimitDecision Acquire(ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve)
    {
        var kept = GroupParts.Take(requests.Length);
        var parts = kept.AsSpan(0, requests.Length);
        while (!TryAcquire(requests, parts, decisions, mayReserve))
        {
            // Nobody may wait for a table to grow while holding gates.
            foreach (var part in parts)
            {
                if (part.Room == KeyRoom.Wanted)
                {
                    part.Lane!.Grow();
                    break;
                }
            }
        }

        foreach (var part in parts)
        {
            if (part.Room == KeyRoom.Taken)
            {
                part.Lane!.Maintain();
            }
        }

        GroupParts.Return(kept, parts.Length);
        return CombinedDecision.Of(decisions[..requests.Length]);
    }

    /// <returns>Whether it is decided; if not, the lane of a part must grow first.</returns>
    private bool TryAcquire(ReadOnlySpan<RateLimitRequest> requests, Span<GroupPart> parts, Span<RateLimitDecision> decisions, bool mayReserve)
    {
        var wanted = 0UL;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i].Begin(requests[i], mayReserve, backend, buckets, clock);
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

    private bool TryDecide(Span<GroupPart> parts, Span<RateLimitDecision> decisions)
    {
        var holdsShared = false;
        var found = 0;
        try
        {
            // A bucket that is found must not make room for the next one.
            for (; found < parts.Length; found++)
            {
                if (!parts[found].TryFind(parts[..found]))
                {
                    if (parts[found].Room == KeyRoom.Wanted)
                    {
                        return false;
                    }

                    if (!holdsShared)
                    {
                        Monitor.Enter(gates.Shared, ref holdsShared);
                    }

                    parts[found].FindShared(parts[..found]);
                }
            }

            Settle(parts);
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i].Describe(out decisions[i]);
            }

            return true;
        }
        finally
        {
            foreach (var part in parts[..found])
            {
                part.Release();
            }

            if (holdsShared)
            {
                Monitor.Exit(gates.Shared);
            }
        }
    }

    private static void Settle(Span<GroupPart> parts)
    {
        var isJoint = false;
        foreach (var part in parts)
        {
            isJoint |= part.IsJoint;
        }

        if (isJoint)
        {
            SettleInTurn(parts);
            return;
        }

        var everyAdmitted = true;
        foreach (var part in parts)
        {
            part.Judge();
            everyAdmitted &= part.IsAdmitted;
        }

        if (everyAdmitted)
        {
            foreach (var part in parts)
            {
                part.Charge();
            }
        }
    }

    /// <summary>Each request is charged before the next is measured, where two of them ask of one bucket.</summary>
    private static void SettleInTurn(Span<GroupPart> parts)
    {
        var everyAdmitted = true;
        foreach (var part in parts)
        {
            part.Judge();
            part.Save();
            if (part.IsAdmitted)
            {
                part.Charge();
            }

            everyAdmitted &= part.IsAdmitted;
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
    }
}
