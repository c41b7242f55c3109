using SmartRateLimit.Algorithms;
using SmartRateLimit.Backends;
using SmartRateLimit.Backends.Memory;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;
using SmartRateLimit.MongoDB.Policies;

namespace SmartRateLimit.MongoDB.Buckets;

/// <summary>
/// A bucket at one moment of the store's clock, as the core's own algorithms see it. Where a policy's numbers changed, a
/// rate may still be measured by an older one; pipelines leave such a bucket to this class.
/// </summary>
internal sealed class BucketState
{
    public const string Numbers = "numbers";

    /// <summary>What the numbers of a bucket begin with of which older ones measure a rate, so that no pipeline takes it for its own.</summary>
    private const string Carried = "carried ";

    private const string By = "by";

    private readonly StoreTime _now;
    private StoredNumbers _numbers;
    private RateMeter[] _meters;

    /// <summary>For each rate, the numbers that measure it; <see langword="null"/> where it does so itself.</summary>
    private StoredNumbers?[] _owners;

    private BucketState(StoreTime now, StoredNumbers numbers, RateMeter[] meters, StoredNumbers?[] owners)
    {
        (_now, _numbers, _meters, _owners) = (now, numbers, meters, owners);
    }

    /// <summary>Whether it must be written although nothing was charged: under other numbers, or because its clock stepped back.</summary>
    public bool IsDue { get; private set; }

    private long Now => _now.For(_numbers.Policy.Algorithm);

    /// <summary>The numbers in a document of which no rate is measured by older ones; otherwise another text.</summary>
    public static string? NumbersIn(Document document) => (document[Numbers] as Text)?.Value;

    /// <summary>Whether a bucket that was found is as good as none, whether or not it has been deleted yet.</summary>
    public static bool IsExpired(Document document, long now) => document[PolicyStages.Expires] is Moment expires && expires.Milliseconds <= now;

    /// <summary>A bucket that nobody has asked for yet.</summary>
    public static BucketState New(StoredNumbers numbers, long now)
    {
        var time = new StoreTime(now);
        var meters = Array.ConvertAll(numbers.Policy.Program.Rules.ToArray(), rule => rule.NewMeter(time.For(numbers.Policy.Algorithm)));
        return new BucketState(time, numbers, meters, new StoredNumbers?[meters.Length]) { IsDue = true };
    }

    /// <summary>A bucket that was found, as it is now.</summary>
    /// <exception cref="RateLimitBackendException">The document is no bucket.</exception>
    public static BucketState Read(Document document, long now)
    {
        try
        {
            var text = NumbersIn(document) ?? throw new FormatException();
            var numbers = NumbersText.TryRead(text.StartsWith(Carried, StringComparison.Ordinal) ? text[Carried.Length..] : text) ?? throw new FormatException();
            return Read(document, numbers, now);
        }
        catch (FormatException error)
        {
            throw new RateLimitBackendException(
                BackendFailure.Misconfigured, "A document in the collection of limits holds something else than the state of a limit. Give limits a collection of their own.", error);
        }
    }

    /// <summary>A bucket that was found under certain numbers.</summary>
    public static BucketState Read(Document document, StoredNumbers numbers, long now)
    {
        var time = new StoreTime(now);
        var states = document[PolicyStages.State] as Document ?? throw new FormatException();
        var meters = new RateMeter[numbers.Rates.Length];
        var owners = new StoredNumbers?[meters.Length];
        for (var i = 0; i < meters.Length; i++)
        {
            var state = states[PolicyStages.Place(i)] as Document ?? throw new FormatException();
            var rule = numbers.Policy.Program.Rules[i];
            owners[i] = state[By] is Text by ? NumbersText.TryRead(by.Value) ?? throw new FormatException() : null;
            meters[i] = owners[i] is { } owner
                ? new StateText(owner.Rates[0], owner.Policy.Program.Rules[0], time).Read(state).Under(rule, Offset(time, owner, numbers))
                : new StateText(numbers.Rates[i], rule, time).Read(state);
        }

        return new BucketState(time, numbers, meters, owners) { IsDue = IsBehind(document, now) };
    }

    /// <summary>Makes a policy's numbers the ones that decide; what was spent under others stays spent.</summary>
    public void Adopt(StoredNumbers numbers)
    {
        if (numbers.Text == _numbers.Text)
        {
            _numbers = numbers;
            return;
        }

        var from = _numbers.Policy.Program;
        var to = numbers.Policy.Program;
        var meters = new RateMeter[to.Rules.Length];
        var owners = new StoredNumbers?[meters.Length];
        for (var i = 0; i < meters.Length; i++)
        {
            var old = Carryover.Predecessor(from, to.Period(i));
            meters[i] = _meters[old].Copy().Under(to.Rules[i], Offset(_now, _numbers, numbers));
            owners[i] = meters[i] is CarriedMeter ? _owners[old] ?? NumbersText.TryRead(_numbers.Texts[old]) : null;
        }

        (_numbers, _meters, _owners, IsDue) = (numbers, meters, owners, true);
    }

    /// <summary>Decides one request of the policy whose numbers the bucket is under.</summary>
    public Judgement Measure(long cost, long maxWait)
    {
        foreach (var meter in _meters)
        {
            meter.Observe(Now);
        }

        return Judgement.Of(_meters, Now, cost, maxWait, StoreTime.Step);
    }

    /// <summary>The decision that a judgement means, with what is left as the bucket stands now.</summary>
    public RateLimitDecision Decide(RateLimitPolicy policy, in Judgement judgement) =>
        judgement.Decide(policy.Program, _meters, Now).InStepsOf(StoreTime.Step);

    public void Charge(long cost)
    {
        for (var i = 0; i < _meters.Length; i++)
        {
            _meters[i] = _meters[i].Charge(Now, cost, mayGrow: true);
            _owners[i] = _meters[i] is CarriedMeter ? _owners[i] : null;
        }

        IsDue |= cost > 0;
    }

    public void Refund(long cost)
    {
        foreach (var meter in _meters)
        {
            meter.Refund(Now, cost);
        }
    }

    /// <summary>A copy that changes of this one leave alone.</summary>
    public BucketState Copy() => new(_now, _numbers, Array.ConvertAll(_meters, meter => meter.Copy()), [.. _owners]) { IsDue = IsDue };

    /// <summary>What is to be stored.</summary>
    /// <param name="grace">Milliseconds for which a bucket is kept that is as new.</param>
    public Document Write(long grace)
    {
        var states = new Document();
        var expiry = 0L;
        for (var i = 0; i < _meters.Length; i++)
        {
            var (state, until) = Write(i);
            states.Add(PolicyStages.Place(i), state);
            expiry = Math.Max(expiry, until);
        }

        return new Document
        {
            { Numbers, (Array.Exists(_owners, owner => owner is not null) ? Carried : string.Empty) + _numbers.Text },
            { PolicyStages.State, states },
            { PolicyStages.Expires, new Moment(expiry + grace) },
            { TakePipeline.Time, _now.Milliseconds },
        };
    }

    private static long Offset(StoreTime time, StoredNumbers from, StoredNumbers to) =>
        time.For(from.Policy.Algorithm) - time.For(to.Policy.Algorithm);

    // After a large step what counts from now on must be kept, or it would count from each later moment anew.
    private static bool IsBehind(Document document, long now) => document[TakePipeline.Time] is Number time && time.Value > now;

    private (Document State, long Expiry) Write(int index)
    {
        if (_owners[index] is not { } owner || _meters[index] is not CarriedMeter carried)
        {
            return new StateText(_numbers.Rates[index], _numbers.Policy.Program.Rules[index], _now).Write(_meters[index]);
        }

        var (state, expiry) = new StateText(owner.Rates[0], owner.Policy.Program.Rules[0], _now).Write(carried.Old);
        state.Add(By, owner.Text);
        return (state, expiry);
    }
}
