namespace SmartRateLimit.Backends.Multi;

/// <summary>
/// Chooses the member that is asked first: the first healthy one. An unhealthy one is left at once; an earlier one that is
/// well again is gone back to when the dwell is over.
/// </summary>
internal sealed class ActiveMember(BackendMember[] members, TimeSpan minimumDwell, BackendClock clock)
{
    private readonly object _gate = new();
    private volatile int _index;
    private long _changed = long.MinValue;

    public int Index => _index;

    /// <summary>Chooses anew, after a member's health changed or time has passed.</summary>
    /// <returns>The member that was active before, if it is another now.</returns>
    public BackendMember? Review()
    {
        lock (_gate)
        {
            var best = Array.FindIndex(members, member => member.IsHealthy);
            if (best < 0 || best == _index || (members[_index].IsHealthy && IsDwelling_NeedsLock()))
            {
                return null;
            }

            var before = members[_index];
            _index = best;
            _changed = clock.Monotonic;
            return before;
        }
    }

    private bool IsDwelling_NeedsLock() =>
        _changed != long.MinValue && clock.Monotonic - _changed is var elapsed && elapsed >= 0 && elapsed < minimumDwell.Ticks;
}
