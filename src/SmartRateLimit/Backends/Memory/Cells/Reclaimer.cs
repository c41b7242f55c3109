namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>Finds states to forget when memory is full, wherever they are: a bound on what a flood can cost per call.</summary>
internal sealed class Reclaimer
{
    private const int OwnProbes = 512;
    private const int OtherProbes = 64;
    private const int MostOthers = 4;

    private volatile Func<int, bool>[] _sources = [];
    private readonly object _adding = new();
    private int _next;

    /// <summary>Adds keys that may become worth nothing.</summary>
    /// <param name="source">Looks at so many states, and says whether it freed one. It must not wait for anything.</param>
    public void Add(Func<int, bool> source)
    {
        lock (_adding)
        {
            _sources = [.. _sources, source];
        }
    }

    /// <summary>Frees a state of the budget, of the caller's own if possible.</summary>
    public bool TryReclaim(Func<int, bool> own) => own(OwnProbes) || TryReclaim();

    /// <summary>Frees a state of the budget.</summary>
    public bool TryReclaim()
    {
        var sources = _sources;
        for (var i = 0; i < Math.Min(MostOthers, sources.Length); i++)
        {
            if (sources[(uint)Interlocked.Increment(ref _next) % (uint)sources.Length](OtherProbes))
            {
                return true;
            }
        }

        return false;
    }
}
