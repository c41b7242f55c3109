namespace SmartRateLimit.Backends.Multi;

/// <summary>Whom to ask first, and whom after a failure: the healthy ones in their order, then whoever is left.</summary>
internal sealed class MemberOrder(BackendMember[] members, MultiBackendStrategy strategy, ActiveMember active)
{
    private uint _turn;

    public int First()
    {
        if (strategy == MultiBackendStrategy.FirstHealthy)
        {
            return active.Index;
        }

        var start = (int)(Interlocked.Increment(ref _turn) % (uint)members.Length);
        for (var i = 0; i < members.Length; i++)
        {
            var member = (start + i) % members.Length;
            if (members[member].IsHealthy)
            {
                return member;
            }
        }

        return start;
    }

    /// <returns>The next one that is not among <paramref name="tried"/>, or −1.</returns>
    public int Next(ulong tried)
    {
        var left = -1;
        for (var i = members.Length - 1; i >= 0; i--)
        {
            var isNext = (tried & (1UL << i)) == 0 && (left < 0 || members[i].IsHealthy || !members[left].IsHealthy);
            left = isNext ? i : left;
        }

        return left;
    }

    public bool IsFallback(int member) => strategy == MultiBackendStrategy.FirstHealthy && member > 0;
}
