using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>
/// What one key of one policy has spent. Whoever reads or changes it has entered it: one at a time, and never longer than
/// one decision, so that others spin rather than sleep.
/// </summary>
internal sealed class Bucket
{
    private RateProgram _program;
    private RateMeter[] _meters;
    private bool _wasUnderOthers;
    private int _isEntered;

    public Bucket(RateProgram program, string key, int hash, BackendClock clock)
    {
        _program = program;
        Key = key;
        Hash = hash;
        var now = clock.Now(program);
        _meters = Array.ConvertAll(program.Rules.ToArray(), rule => rule.NewMeter(now));
    }

    /// <summary>A bucket of what a key has spent elsewhere.</summary>
    public Bucket(RateProgram program, string key, int hash, RateMeter meter)
    {
        _program = program;
        Key = key;
        Hash = hash;
        _meters = [meter];
    }

    private Bucket(Bucket original, string key, int hash)
    {
        _program = original._program;
        _wasUnderOthers = original._wasUnderOthers;
        Key = key;
        Hash = hash;
        _meters = Array.ConvertAll(original._meters, meter => meter.Copy());
    }

    public string Key { get; }

    public int Hash { get; }

    /// <summary>The next bucket of the same slot.</summary>
    public Bucket? Next { get; set; }

    /// <summary>The bucket's place in the list that eviction walks.</summary>
    public int Position { get; set; } = -1;

    /// <summary>Whether a stripe has the bucket; one that was removed decides nothing.</summary>
    public bool IsListed => Position >= 0;

    /// <summary>States of the budget that are counted for it.</summary>
    public int Counted { get; set; }

    /// <summary>Room that the bucket takes, in states.</summary>
    public int Weight
    {
        get
        {
            var weight = 0;
            foreach (var meter in _meters)
            {
                weight += meter.Weight;
            }

            return weight;
        }
    }

    public bool Is(RateProgram program, ReadOnlySpan<char> key, int hash) =>
        Hash == hash && key.SequenceEqual(Key) && _program.Name == program.Name;

    /// <summary>A bucket for another key that starts with what this one has spent.</summary>
    public Bucket CopyFor(string key, int hash) => new(this, key, hash);

    /// <summary>Whether a charge can make the bucket heavier.</summary>
    public bool CanGrow => _program.CanGrow;

    /// <summary>Whether a charge can make the bucket heavier or lighter: a log that other numbers left behind ends with one.</summary>
    public bool CanChangeWeight => _program.CanGrow || _wasUnderOthers;

    public void Enter()
    {
        var spin = default(SpinWait);
        while (!TryEnter())
        {
            // To sleep a millisecond would make a convoy of those who come after.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    public bool TryEnter() => Volatile.Read(ref _isEntered) == 0 && Interlocked.Exchange(ref _isEntered, 1) == 0;

    public void Exit() => Volatile.Write(ref _isEntered, 0);

    /// <summary>Admits a request where that changes nothing beside the bucket; if not, nothing is charged.</summary>
    public bool TryAdmit(RateProgram program, BackendClock clock, long cost)
    {
        if (_wasUnderOthers || !ReferenceEquals(program, _program))
        {
            return false;
        }

        var now = clock.Now(program);
        foreach (var meter in _meters)
        {
            if (!meter.Fits(now, cost))
            {
                return false;
            }
        }

        if (program.CanGrow && (Weight != Counted || MayGrow()))
        {
            return false;
        }

        Charge(now, cost, mayGrow: false);
        return true;
    }

    /// <summary>Decides where that changes nothing beside the bucket: its numbers, or the room that it takes.</summary>
    public bool TryDecide(RateProgram program, BackendClock clock, long cost, long maxWait, out RateLimitDecision decision)
    {
        decision = default;
        if (_wasUnderOthers || !ReferenceEquals(program, _program))
        {
            return false;
        }

        var now = clock.Now(program);
        var judgement = Measure(now, cost, maxWait);
        if (_program.CanGrow && (Weight != Counted || (judgement.IsAdmitted && MayGrow())))
        {
            return false;
        }

        if (judgement.IsAdmitted)
        {
            Charge(now, cost, mayGrow: false);
        }

        decision = Decide(program, judgement, now);
        if (!judgement.IsAdmitted)
        {
            decision = decision.WithGranule(clock.GranuleOf(program));
        }

        return true;
    }

    public bool IsUnder(RateProgram program) => ReferenceEquals(program, _program);

    /// <summary>Makes a policy's numbers the ones that decide; what was spent under others stays spent.</summary>
    public void Adopt(RateProgram program, BackendClock clock)
    {
        if (program.Numbers != _program.Numbers)
        {
            _meters = Carryover.Move(_program, _meters, program, clock);
            _wasUnderOthers = true;
        }

        _program = program;
    }

    public Judgement Measure(long now, long cost, long maxWait)
    {
        foreach (var meter in _meters)
        {
            meter.Observe(now);
        }

        return Judgement.Of(_meters, now, cost, maxWait);
    }

    public void Charge(long now, long cost, bool mayGrow)
    {
        var meters = _meters;
        for (var i = 0; i < meters.Length; i++)
        {
            // It is nearly always the same, and to store it costs more than to compare.
            var charged = meters[i].Charge(now, cost, mayGrow);
            if (!ReferenceEquals(charged, meters[i]))
            {
                meters[i] = charged;
            }
        }
    }

    public void Refund(long now, long cost)
    {
        foreach (var meter in _meters)
        {
            meter.Refund(now, cost);
        }
    }

    public bool IsIdle(BackendClock clock)
    {
        var now = clock.Now(_program);
        return Array.TrueForAll(_meters, meter => meter.IsIdle(now));
    }

    /// <summary>The decision that a judgement means, with what is left as the bucket stands now.</summary>
    public RateLimitDecision Decide(RateProgram program, in Judgement judgement, long now) => judgement.Decide(program, _meters, now);

    /// <summary>The bucket as it stands, to come back to with <see cref="Restore"/>.</summary>
    public Snapshot Save() => new(_program, Array.ConvertAll(_meters, meter => meter.Copy()));

    public void Restore(in Snapshot saved) => (_program, _meters) = (saved.Program, saved.Meters);

    private bool MayGrow()
    {
        foreach (var meter in _meters)
        {
            if (meter.IsFull)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a bucket had spent, and under which numbers.</summary>
    public readonly record struct Snapshot(RateProgram Program, RateMeter[] Meters);
}
