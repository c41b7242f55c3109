using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>A decision in exact numbers; times are ticks, <see langword="null"/> means never.</summary>
/// <param name="Reason">Why; the call is admitted when it is <see cref="RateLimitReason.Allowed"/>.</param>
/// <param name="LeastRate">Index of the rate with the least remaining, which the numbers describe.</param>
/// <param name="ViolatedRate">Index of the rate that refused with the longest retry-after, or -1.</param>
/// <param name="Limit">The most that can be spent at once.</param>
/// <param name="Remaining">What is left.</param>
/// <param name="RetryAfter">The shortest wait after which the same call would be admitted.</param>
/// <param name="ResetAfter">The wait until the bucket is as new, or its window ends.</param>
/// <param name="Delay">How long an admitted call has to wait.</param>
public sealed record Answer(
    RateLimitReason Reason,
    int LeastRate,
    int ViolatedRate,
    BigInteger Limit,
    BigInteger Remaining,
    BigInteger? RetryAfter,
    BigInteger? ResetAfter,
    BigInteger? Delay)
{
    public bool IsAllowed => Reason == RateLimitReason.Allowed;
}
