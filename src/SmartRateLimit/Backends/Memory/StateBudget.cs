namespace SmartRateLimit.Backends.Memory;

/// <summary>How many states a backend may keep, and how many it keeps.</summary>
internal sealed class StateBudget(int most)
{
    private int _used;

    public int Most => most;

    public int Used => Volatile.Read(ref _used);

    public bool HasRoomFor(int states) => states <= most - Used;

    public bool TryTake(int states)
    {
        if (!HasRoomFor(states))
        {
            return false;
        }

        if (Interlocked.Add(ref _used, states) <= most)
        {
            return true;
        }

        Add(-states);
        return false;
    }

    /// <summary>Counts states that came or went without asking.</summary>
    public void Add(int states) => Interlocked.Add(ref _used, states);
}
