namespace SmartRateLimit.Redis.Scripts;

/// <summary>Reads decisions from what the script returned.</summary>
internal struct ReplyReader(long[] reply)
{
    private const int NumbersPerDecision = 5;
    private const int Admitted = -1;
    private const int NeverFits = -2;

    private int _position;

    /// <summary>The decisions of equal requests; those after the first rejection are rejected alike.</summary>
    public void Read(in StoreRequest request, Span<RateLimitDecision> decisions)
    {
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = Next(request.Policy);
            if (!decisions[i].IsAllowed)
            {
                decisions[i..].Fill(decisions[i]);
                return;
            }
        }
    }

    /// <summary>The next decision.</summary>
    public RateLimitDecision Next(RateLimitPolicy policy)
    {
        var numbers = reply.AsSpan(_position, NumbersPerDecision);
        _position += NumbersPerDecision;
        var (refusal, wait, remaining, least, reset) = ((int)numbers[0], Time(numbers[1]), numbers[2], (int)numbers[3], Time(numbers[4]));
        return refusal switch
        {
            Admitted => RateLimitDecision.Allow(policy, remaining, reset, wait, least),
            > Admitted => RateLimitDecision.Reject(policy, remaining, wait, reset, least, violatedRate: refusal),
            _ => RateLimitDecision.Reject(policy, remaining, wait, reset, least, violatedRate: NeverFits - refusal, costExceedsLimit: true),
        };
    }

    private static TimeSpan Time(long microseconds) =>
        microseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
