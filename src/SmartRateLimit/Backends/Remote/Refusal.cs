namespace SmartRateLimit.Backends.Remote;

/// <summary>A bucket that is known to be over, and until when. Times are ticks of the local monotonic clock.</summary>
internal sealed class Refusal
{
    // Two clocks drift apart by far less than a thousandth.
    private const int DriftShift = 10;

    private readonly int _hash;
    private readonly string _key;
    private readonly RateLimitPolicy _policy;
    private readonly long _cost;
    private readonly bool _mayReserve;
    private readonly RateLimitDecision _decision;
    private readonly long _learned;
    private readonly bool _isLinear;

    /// <summary>Remembers a rejection with a finite retry-after.</summary>
    /// <param name="hash">The bucket's hash.</param>
    /// <param name="request">The request that was refused.</param>
    /// <param name="decision">The rejection.</param>
    /// <param name="asked">A moment at which the request had not been sent yet.</param>
    /// <param name="learned">When the reply was there.</param>
    public Refusal(int hash, in StoreRequest request, in RateLimitDecision decision, long asked, long learned)
    {
        _hash = hash;
        _key = request.Key.ToString();
        _policy = request.Policy;
        _cost = request.Cost;
        _mayReserve = request.MayReserve;
        _decision = decision;
        _learned = learned;
        _isLinear = !_mayReserve && _policy.Rates.Length == 1
            && _policy.Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;
        Until = asked + decision.RetryAfter.Ticks - (decision.RetryAfter.Ticks >> DriftShift);
    }

    /// <summary>
    /// The moment before which no such request can be admitted. The store's clock ran from some moment after the request
    /// was sent, so counting from before that is never too long.
    /// </summary>
    public long Until { get; }

    public bool IsOver(long now) => now >= Until || now < _learned;

    public bool IsFor(int hash, string policyName, ReadOnlySpan<char> key) =>
        _hash == hash && _policy.Name == policyName && key.SequenceEqual(_key);

    /// <summary>Whether the same is asked again. More would be refused as well, but for how long only the store can tell.</summary>
    public bool Covers(RateLimitPolicy policy, long cost, bool mayReserve) =>
        cost == _cost && mayReserve == _mayReserve && (ReferenceEquals(policy, _policy) || policy == _policy);

    /// <summary>The rejection at this moment. Its wait counts from when the reply was there, so that waiting is always enough.</summary>
    public RateLimitDecision At(long now)
    {
        var elapsed = now - _learned;
        var wait = _decision.RetryAfter.Ticks - elapsed;
        return _decision.Later(elapsed, wait, _isLinear ? Math.Max(_decision.Remaining, LeftWhenDueIn(wait)) : _decision.Remaining);
    }

    // When the wait is over there are as many permits as were asked for; before that, fewer by what is still to come back.
    private long LeftWhenDueIn(long wait)
    {
        var rate = _policy.Rates[0];
        var missing = (((Int128)wait * rate.Permits) + rate.Period.Ticks - 1) / rate.Period.Ticks;
        return missing >= _cost ? 0 : _cost - (long)missing;
    }
}
