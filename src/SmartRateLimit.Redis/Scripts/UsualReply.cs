namespace SmartRateLimit.Redis.Scripts;

/// <summary>
/// Works out decisions on a token or leaky bucket of one rate from what was outstanding before them, as the script does for
/// other buckets: it answers with two numbers however many callers asked. No number leaves 2^53.
/// </summary>
internal readonly struct UsualReply
{
    private readonly RateLimitPolicy _policy;
    private readonly long _level;
    private readonly long _permits;
    private readonly long _period;
    private readonly long _capacity;
    private readonly long _price;
    private readonly long _patience;

    /// <param name="request">What was asked.</param>
    /// <param name="level">What was outstanding before it, in 1 / period permits.</param>
    public UsualReply(in StoreRequest request, long level)
    {
        _policy = request.Policy;
        _level = level;
        (_permits, _period) = (_policy.Rates[0].Permits, Microseconds(_policy.Rates[0].Period));
        _capacity = (_policy.Burst ?? _permits) * _period;
        _price = request.Cost * _period;
        _patience = request.MayReserve ? Microseconds(_policy.MaxWait) : 0;
    }

    /// <summary>The decisions of callers of whom so many were admitted, and the others rejected alike.</summary>
    public void Read(int admitted, Span<RateLimitDecision> decisions)
    {
        for (var i = 0; i < admitted; i++)
        {
            decisions[i] = Admit(_level + (i * _price));
        }

        if (admitted < decisions.Length)
        {
            decisions[admitted..].Fill(Reject(_level + (admitted * _price)));
        }
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan Time(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private RateLimitDecision Admit(long level)
    {
        var delay = _policy.Algorithm == RateLimitAlgorithm.LeakyBucket ? TimeToDrain(level) : TimeToDrain(level + _price - _capacity);
        return RateLimitDecision.Allow(_policy, Remaining(level + _price), Time(TimeToDrain(level + _price)), Time(delay));
    }

    private RateLimitDecision Reject(long level)
    {
        var wait = TimeToDrain(level + _price - _capacity);
        if (_policy.Algorithm == RateLimitAlgorithm.TokenBucket)
        {
            wait = Math.Max(0, wait - _patience);
        }
        else if (_patience > 0)
        {
            wait = Math.Max(wait, TimeToDrain(level) - _patience);
        }

        return RateLimitDecision.Reject(_policy, Remaining(level), Time(wait), Time(TimeToDrain(level)));
    }

    private long Remaining(long level) => Math.Max(0, _capacity - level) / _period;

    // In microseconds, rounded up: a wait is never announced too short.
    private long TimeToDrain(long level) => level <= 0 ? 0 : ((level - 1) / _permits) + 1;
}
