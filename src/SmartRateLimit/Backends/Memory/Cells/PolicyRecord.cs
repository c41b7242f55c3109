namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>How a backend keeps the keys of one policy's name.</summary>
internal sealed class PolicyRecord
{
    private volatile LaneBinding? _binding;
    private volatile RetiredStates? _retired;

    /// <summary>What is in force.</summary>
    public LaneBinding? Binding { get => _binding; set => _binding = value; }

    /// <summary>States that a lane left behind and no bucket has taken yet.</summary>
    public RetiredStates? Retired { get => _retired; set => _retired = value; }

    /// <summary>Lets go of states that are worth nothing any more.</summary>
    /// <returns>Whether this call did it.</returns>
    public bool TryEndRetired(RetiredStates retired) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _retired, null, retired), retired);
}
