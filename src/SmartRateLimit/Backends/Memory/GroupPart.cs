using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>One request of a <see cref="BucketGroup"/>, which holds its key's gate.</summary>
internal sealed class GroupPart
{
    private const int NoShare = -1;

    private readonly RateProgram _program;
    private readonly ReadOnlyMemory<char> _text;
    private readonly long _cost;
    private readonly long _maxWait;
    private readonly MemoryBackend _backend;
    private readonly BackendClock _clock;
    private readonly BucketStripe _stripe;
    private readonly LaneBinding _binding;
    private readonly int _hash;
    private KeyLane? _lane;
    private int _share = NoShare;
    private bool _isOwner;
    private Bucket _bucket = null!;
    private Bucket.Snapshot _before;
    private long _costTogether;
    private long _now;

    public GroupPart(in RateLimitRequest request, bool mayReserve, MemoryBackend backend, BucketTable buckets, BackendClock clock)
    {
        _program = request.Policy.Program;
        _text = request.Key;
        _cost = _costTogether = request.Cost;
        _maxWait = mayReserve ? _program.MaxWait : 0;
        _backend = backend;
        _clock = clock;
        Key = KeyHash.Of(_text.Span);
        _stripe = buckets.Stripe(Key);
        _binding = backend.BindingOf(_program);
        _hash = BucketTable.Hash(_program, Key);
    }

    public KeyIdentity Key { get; }

    /// <summary>Whether the key is new to its lane, and whether that must grow before anything is decided.</summary>
    public KeyRoom Room { get; private set; }

    /// <summary>The lane that has the key; <see langword="null"/> for a bucket.</summary>
    public KeyLane? Lane => _lane;

    public Judgement Judgement { get; private set; }

    /// <summary>The decision that the judgement means, with what is left as the bucket stands now.</summary>
    public RateLimitDecision Decision => _bucket.Decide(_program, Judgement, _now).WithGranule(_lane?.Granule ?? _clock.GranuleOf(_program));

    /// <summary>Finds the bucket that decides, which the part keeps until <see cref="Release"/>.</summary>
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

        if (_binding.Lane is { } lane && lane.TryHold(Key, out var meter, out var room))
        {
            _lane = lane;
            Room = room;
            if (meter is null)
            {
                return false;
            }

            Own(new Bucket(lane.Program, string.Empty, _hash, meter));
            return true;
        }

        _backend.Inherit(_binding, _stripe, _program, _text.Span, Key);
        _bucket = _stripe.FindOrAdd(_program, _text.Span, _hash);
        _isOwner = !_bucket.IsPinned;
        _bucket.IsPinned = true;
        CountTogether(earlier);
        return true;
    }

    /// <summary>Finds the bucket that the key shares. The caller holds the gate of shared states.</summary>
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

        Own(new Bucket(_lane!.Program, string.Empty, _hash, _lane.HoldShared(_share)));
    }

    public void Judge()
    {
        _now = _lane?.Now ?? _clock.Now(_program);
        _stripe.Adopt(_bucket, _program);
        Judgement = _bucket.Measure(_now, _cost, _maxWait);
        _before = _bucket.Save();
        if (Judgement.IsAdmitted)
        {
            _stripe.Charge(_bucket, _now, _cost);
        }
    }

    public void Undo() => _stripe.Restore(_bucket, _before);

    /// <summary>
    /// Says when the group could pass, now that nothing is charged: this request needs its own cost and that of the
    /// earlier ones of its bucket.
    /// </summary>
    public void Reconsider()
    {
        _stripe.Adopt(_bucket, _program);
        var together = _bucket.Measure(_now, _costTogether, _maxWait);
        Judgement = Judgement.IsAdmitted || together.IsAdmitted ? Judgement : together;
    }

    public void Release()
    {
        if (!_isOwner)
        {
            return;
        }

        if (_lane is null)
        {
            _bucket.IsPinned = false;
        }
        else if (_share == NoShare)
        {
            _lane.Release(Key, _bucket.FirstMeter);
        }
        else
        {
            _lane.ReleaseShared(_share, _bucket.FirstMeter);
        }
    }

    private void Own(Bucket bucket)
    {
        _bucket = bucket;
        _isOwner = true;
    }

    private void Join(GroupPart part, ReadOnlySpan<GroupPart> earlier)
    {
        _lane = part._lane;
        _bucket = part._bucket;
        CountTogether(earlier);
    }

    private void CountTogether(ReadOnlySpan<GroupPart> earlier)
    {
        foreach (var part in earlier)
        {
            if (ReferenceEquals(part._bucket, _bucket))
            {
                // Costs that add up to more than a long holds fit nowhere, and nor does that.
                _costTogether = part._cost > long.MaxValue - _costTogether ? long.MaxValue : _costTogether + part._cost;
            }
        }
    }
}
