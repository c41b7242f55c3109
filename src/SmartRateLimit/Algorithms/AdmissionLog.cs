namespace SmartRateLimit.Algorithms;

/// <summary>
/// Admissions in order of time, in a ring. Reading and dropping old ones changes nothing that another copy of this
/// value sees; only <see cref="Append"/> and <see cref="WithoutNewest"/> write, and the value they return replaces this one.
/// </summary>
internal readonly struct AdmissionLog
{
    /// <summary>Words that a log takes at least: one admission.</summary>
    public const int LeastWords = 2;

    private readonly Admission[]? _ring;
    private readonly int _oldest;
    private readonly int _count;

    private AdmissionLog(Admission[]? ring, int oldest, int count, long total)
    {
        _ring = ring;
        _oldest = oldest;
        _count = count;
        Total = total;
    }

    public static AdmissionLog Empty => default;

    /// <summary>The sum of the costs.</summary>
    public long Total { get; }

    public bool IsEmpty => _count == 0;

    public int Count => _count;

    /// <summary>The time of the latest admission; the log must not be empty.</summary>
    public long Newest => this[_count - 1].Time;

    /// <summary>Words that the log takes.</summary>
    public int Words => LeastWords * Math.Max(1, _ring?.Length ?? 0);

    /// <summary>Whether the next admission of another time needs more room.</summary>
    public bool IsFull => _ring is null || _count == _ring.Length;

    private ref Admission this[int index] => ref _ring![Place(index)];

    /// <summary>The time and the cost of an admission, counted from the oldest.</summary>
    public (long Time, long Cost) Entry(int index) => (this[index].Time, this[index].Cost);

    /// <summary>The log without what was admitted at or before <paramref name="time"/>.</summary>
    public AdmissionLog WithoutUpTo(long time)
    {
        var gone = 0;
        var total = Total;
        while (gone < _count && this[gone].Time <= time)
        {
            total -= this[gone].Cost;
            gone++;
        }

        return gone == _count ? Empty : new AdmissionLog(_ring, Place(gone), _count - gone, total);
    }

    /// <summary>The time of the admission after whose leaving at most <paramref name="permits"/> are left.</summary>
    public long TimeOfLastToLeave(long permits)
    {
        if (permits <= 0)
        {
            // What every rejection asks for, and would otherwise pass the whole log for.
            return Newest;
        }

        var left = Total;
        var index = -1;
        while (left > permits)
        {
            left -= this[++index].Cost;
        }

        return this[index].Time;
    }

    /// <summary>
    /// The log with one more admission, not before <see cref="Newest"/>. When it is full and may not grow, neighbours are
    /// merged under the later time: they leave later than they might, so nothing extra is admitted.
    /// </summary>
    public AdmissionLog Append(long time, long cost, bool mayGrow)
    {
        if (_count > 0 && Newest == time)
        {
            return Merged(time, cost);
        }

        if (IsFull)
        {
            return mayGrow || _ring is null ? Grown().Append(time, cost, mayGrow)
                : _count > 1 ? Coarsened().Append(time, cost, mayGrow)
                : Merged(time, cost);
        }

        _ring![Place(_count)] = new Admission { Time = time, Cost = cost };
        return new AdmissionLog(_ring, _oldest, _count + 1, Total + cost);
    }

    /// <summary>The log without its latest <paramref name="cost"/> permits.</summary>
    public AdmissionLog WithoutNewest(long cost)
    {
        var count = _count;
        var total = Total;
        while (cost > 0 && count > 0)
        {
            ref var newest = ref this[count - 1];
            var taken = Math.Min(cost, newest.Cost);
            newest.Cost -= taken;
            total -= taken;
            cost -= taken;
            count -= newest.Cost == 0 ? 1 : 0;
        }

        return count == 0 ? Empty : new AdmissionLog(_ring, _oldest, count, total);
    }

    public AdmissionLog Copy() => _ring is null ? this : Resized(_ring.Length);

    // A remainder would take longer than all the rest.
    private int Place(int index) => _oldest + index < _ring!.Length ? _oldest + index : _oldest + index - _ring.Length;

    private AdmissionLog Merged(long time, long cost)
    {
        ref var newest = ref this[_count - 1];
        newest = new Admission { Time = time, Cost = newest.Cost + cost };
        return new AdmissionLog(_ring, _oldest, _count, Total + cost);
    }

    private AdmissionLog Grown() => Resized(Math.Max(1, _count * 2));

    private AdmissionLog Resized(int length)
    {
        var ring = new Admission[length];
        for (var i = 0; i < _count; i++)
        {
            ring[i] = this[i];
        }

        return new AdmissionLog(ring, 0, _count, Total);
    }

    private AdmissionLog Coarsened()
    {
        var kept = 0;
        for (var i = 0; i < _count; i += 2, kept++)
        {
            var later = Math.Min(i + 1, _count - 1);
            this[kept] = new Admission
            {
                Time = this[later].Time,
                Cost = later == i ? this[i].Cost : this[i].Cost + this[later].Cost,
            };
        }

        return new AdmissionLog(_ring, _oldest, kept, Total);
    }

    private struct Admission
    {
        public long Time;
        public long Cost;
    }
}
