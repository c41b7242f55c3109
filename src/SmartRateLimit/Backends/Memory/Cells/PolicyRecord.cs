namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>How a backend keeps the keys of one policy's name.</summary>
internal sealed class PolicyRecord
{
    private volatile RetiredStates? _retired;

    /// <summary>The lane that decides; <see langword="null"/> where buckets do. Read and written under a lock on this object.</summary>
    public KeyLane? Lane { get; set; }

    /// <summary>Whether it was found out which of the two decides.</summary>
    public bool IsBound { get; set; }

    /// <summary>States that a lane left behind and no bucket has taken yet.</summary>
    public RetiredStates? Retired { get => _retired; set => _retired = value; }

    /// <summary>Lets go of states that are worth nothing any more.</summary>
    /// <returns>Whether this call did it.</returns>
    public bool TryEndRetired(RetiredStates retired) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _retired, null, retired), retired);
}
