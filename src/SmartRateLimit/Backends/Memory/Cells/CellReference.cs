namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>Where a state is stored.</summary>
internal readonly ref struct CellReference(ref long state)
{
    private readonly ref long _state = ref state;

    public ref long State => ref _state;
}
