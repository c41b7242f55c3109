using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Remote;

/// <summary>
/// The requests that one call decides. Equal ones for one bucket become one entry: they are decided at one instant, so
/// only their order among unequal ones of that bucket matters, and that is kept.
/// </summary>
internal sealed class CallBatch
{
    public const int MaxBuckets = 64;
    public const int MaxRequests = 512;

    private readonly List<CallWaiter> _waiters = [];
    private readonly List<int> _entryOf = [];
    private readonly List<CallWaiter> _firstOf = [];
    private readonly Dictionary<CallWaiter, int> _newestEntry = new(BucketComparer.Instance);
    private StoreRequest[] _requests = new StoreRequest[8];
    private RateLimitDecision[] _decisions = new RateLimitDecision[8];

    public bool IsEmpty => _waiters.Count == 0;

    public ReadOnlyMemory<StoreRequest> Requests => _requests.AsMemory(0, _firstOf.Count);

    public Memory<RateLimitDecision> Decisions => _decisions.AsMemory(0, _waiters.Count);

    public bool HasRoomFor(CallWaiter waiter) =>
        _waiters.Count < MaxRequests && (_newestEntry.Count < MaxBuckets || _newestEntry.ContainsKey(waiter));

    public void Add(CallWaiter waiter)
    {
        if (_newestEntry.TryGetValue(waiter, out var entry) && IsEqual(_requests[entry], waiter.Request))
        {
            _requests[entry] = _requests[entry] with { Count = _requests[entry].Count + 1 };
        }
        else
        {
            entry = _firstOf.Count;
            Room(ref _requests, entry + 1);
            _requests[entry] = waiter.Request;
            _newestEntry[waiter] = entry;
            _firstOf.Add(waiter);
        }

        _waiters.Add(waiter);
        _entryOf.Add(entry);
        Room(ref _decisions, _waiters.Count);
    }

    /// <summary>Gives each caller its own decision, or all of them the failure, in the order in which they came.</summary>
    public void Complete(RateLimitBackendException? failure, RefusalMemory refusals)
    {
        if (failure is null)
        {
            Learn(refusals);
        }

        Span<int> next = stackalloc int[_firstOf.Count];
        for (var (entry, offset) = (0, 0); entry < next.Length; offset += _requests[entry++].Count)
        {
            next[entry] = offset;
        }

        for (var i = 0; i < _waiters.Count; i++)
        {
            _waiters[i].Complete(
                failure is null ? Attempt.Decided(_decisions[next[_entryOf[i]]++])
                : i == 0 ? Attempt.Failed(failure)
                : Attempt.FailedWithAnother(failure));
        }
    }

    /// <summary>Makes the batch ready for the next call.</summary>
    public void Clear()
    {
        _newestEntry.Clear();
        Array.Clear(_requests, 0, _firstOf.Count);
        Array.Clear(_decisions, 0, _waiters.Count);
        foreach (var waiter in _waiters)
        {
            waiter.Release();
        }

        _waiters.Clear();
        _entryOf.Clear();
        _firstOf.Clear();
    }

    // The last of equal requests is the one refused if any is.
    private void Learn(RefusalMemory refusals)
    {
        for (var (entry, end) = (0, 0); entry < _firstOf.Count; entry++)
        {
            end += _requests[entry].Count;
            refusals.Learn(_firstOf[entry].Mark, _requests[entry], _decisions[end - 1]);
        }
    }

    private static bool IsEqual(in StoreRequest one, in StoreRequest other) =>
        one.Cost == other.Cost && one.MayReserve == other.MayReserve && (ReferenceEquals(one.Policy, other.Policy) || one.Policy == other.Policy);

    private static void Room<T>(ref T[] array, int needed)
    {
        if (array.Length < needed)
        {
            Array.Resize(ref array, array.Length * 2);
        }
    }

    private sealed class BucketComparer : IEqualityComparer<CallWaiter>
    {
        public static readonly BucketComparer Instance = new();

        public bool Equals(CallWaiter? x, CallWaiter? y) =>
            x!.Mark.Hash == y!.Mark.Hash
            && x.Request.Policy.Name == y.Request.Policy.Name
            && x.Request.Key.Span.SequenceEqual(y.Request.Key.Span);

        public int GetHashCode(CallWaiter obj) => obj.Mark.Hash;
    }
}
