using SmartRateLimit.Algorithms;
using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>
/// One request of a <see cref="BucketGroup"/>, which holds its key's gate. The state that decides is a word of a lane or a
/// bucket; two requests for one state have it from the first of them. Kept for the next group after <see cref="Clear"/>.
/// </summary>
internal sealed class GroupPart
{
    private const int NoShare = -1;

    private RateProgram _program = null!;
    private ReadOnlyMemory<char> _text;
    private long _cost;
    private long _maxWait;
    private MemoryBackend _backend = null!;
    private BackendClock _clock = null!;
    private BucketStripe _stripe = null!;
    private LaneBinding _binding = null!;
    private int _hash;
    private KeyLane? _lane;
    private int _share;
    private GroupPart _owner = null!;
    private Bucket? _bucket;
    private Bucket.Snapshot _bucketBefore;
    private long _word;
    private long _wordBefore;
    private long _costTogether;
    private long _costJudged;
    private long _now;
    private Judgement _judgement;

    public KeyIdentity Key { get; private set; }

    /// <summary>Whether the key is new to its lane, and whether that must grow before anything is decided.</summary>
    public KeyRoom Room { get; private set; }

    /// <summary>The lane that has the key; <see langword="null"/> for a bucket.</summary>
    public KeyLane? Lane => _lane;

    /// <summary>Whether an earlier part asks for the same state.</summary>
    public bool IsJoint => !ReferenceEquals(_owner, this);

    public bool IsAdmitted => _judgement.IsAdmitted;

    public void Begin(in RateLimitRequest request, bool mayReserve, MemoryBackend backend, BucketTable buckets, BackendClock clock)
    {
        _program = request.Policy.Program;
        _text = request.Key;
        _cost = _costTogether = request.Cost;
        _maxWait = mayReserve ? _program.MaxWait : 0;
        _backend = backend;
        _clock = clock;
        Key = KeyHash.Of(_text.Span);
        Room = KeyRoom.Known;
        _stripe = buckets.Stripe(Key);
        _binding = backend.BindingOf(_program);
        _hash = BucketTable.Hash(_program, Key);
        (_lane, _bucket, _share, _owner) = (null, null, NoShare, this);
    }

    /// <summary>Lets go of everything that outlives the group.</summary>
    public void Clear()
    {
        (_program, _text, _backend, _clock, _stripe, _binding) = (null!, default, null!, null!, null!, null!);
        (_lane, _owner, _bucket, _bucketBefore) = (null, null!, null, default);
    }

    /// <summary>Finds the state that decides, which the part keeps until <see cref="Release"/>.</summary>
    /// <returns>Whether there is one; if not, the key has to use a shared one.</returns>
    public bool TryFind(ReadOnlySpan<GroupPart> earlier)
    {
        foreach (var part in earlier)
        {
            if (part._share == NoShare && ReferenceEquals(part._binding.Record, _binding.Record) && part.Key == Key)
            {
                Join(part, earlier);
                return true;
            }
        }

        Room = _binding.Lane?.Hold(Key, out _word) ?? KeyRoom.Closed;
        if (Room != KeyRoom.Closed)
        {
            _lane = _binding.Lane;
            return Room is KeyRoom.Known or KeyRoom.Taken;
        }

        _backend.Inherit(_binding, _stripe, _program, _text.Span, Key);
        _bucket = _stripe.FindOrAdd(_program, _text.Span, _hash);
        foreach (var part in earlier)
        {
            // Two keys may share a bucket.
            if (ReferenceEquals(part._bucket, _bucket))
            {
                Join(part, earlier);
                return true;
            }
        }

        _bucket.Enter();
        return true;
    }

    /// <summary>Finds the state that the key shares. The caller holds the gate of shared states.</summary>
    public void FindShared(ReadOnlySpan<GroupPart> earlier)
    {
        _share = Key.Share;
        foreach (var part in earlier)
        {
            if (part._share == _share && ReferenceEquals(part._lane, _lane))
            {
                Join(part, earlier);
                return;
            }
        }

        _word = _lane!.HoldShared(_share);
    }

    /// <summary>Decides on the state as it stands.</summary>
    public void Judge()
    {
        _now = _lane?.Now ?? _clock.Now(_program);
        _judgement = Measure(_costJudged = _cost);
    }

    public void Charge()
    {
        if (_lane is { } lane)
        {
            _owner._word = lane.Charge(_owner._word, _now, _cost);
        }
        else
        {
            _stripe.Charge(_bucket!, _now, _cost);
        }
    }

    /// <summary>Remembers the state, to come back to with <see cref="Undo"/>.</summary>
    public void Save()
    {
        if (_lane is not null)
        {
            _wordBefore = _owner._word;
        }
        else
        {
            _bucketBefore = _bucket!.Save();
        }
    }

    public void Undo()
    {
        if (_lane is not null)
        {
            _owner._word = _wordBefore;
        }
        else
        {
            _stripe.Restore(_bucket!, _bucketBefore);
        }
    }

    /// <summary>
    /// Says when the group could pass, now that nothing is charged: this request needs its own cost and that of the
    /// earlier ones of its bucket.
    /// </summary>
    public void Reconsider()
    {
        var together = Measure(_costTogether);
        if (!IsAdmitted && !together.IsAdmitted)
        {
            (_judgement, _costJudged) = (together, _costTogether);
        }
    }

    /// <summary>The decision that the judgement means, with what is left as the state stands now.</summary>
    public void Describe(out RateLimitDecision decision)
    {
        if (_lane is { } lane)
        {
            lane.Describe(_binding.Cases!, _owner._word, _now, _costJudged, new Verdict(IsAdmitted, _judgement.Wait), out decision);
        }
        else
        {
            decision = _bucket!.Decide(_program, _judgement, _now).WithGranule(_clock.GranuleOf(_program));
        }
    }

    public void Release()
    {
        if (IsJoint)
        {
            return;
        }

        if (_lane is null)
        {
            _stripe.Reweigh(_bucket!);
            _bucket!.Exit();
        }
        else if (_share == NoShare)
        {
            _lane.Release(Key, _word);
        }
        else
        {
            _lane.ReleaseShared(_share, _word);
        }
    }

    private Judgement Measure(long cost)
    {
        if (_lane is { } lane)
        {
            var verdict = lane.Measure(ref _owner._word, _now, cost, _maxWait);
            return new Judgement(verdict.IsAdmitted, verdict.Wait, 0, verdict.IsAdmitted ? RateLimitReason.Allowed : RateLimitReason.Exceeded);
        }

        _stripe.Adopt(_bucket!, _program);
        return _bucket!.Measure(_now, cost, _maxWait);
    }

    private void Join(GroupPart part, ReadOnlySpan<GroupPart> earlier)
    {
        _lane = part._lane;
        _bucket = part._bucket;
        _owner = part._owner;
        foreach (var other in earlier)
        {
            if (ReferenceEquals(other._owner, _owner))
            {
                // Costs that add up to more than a long holds fit nowhere, and nor does that.
                _costTogether = other._cost > long.MaxValue - _costTogether ? long.MaxValue : _costTogether + other._cost;
            }
        }
    }
}
