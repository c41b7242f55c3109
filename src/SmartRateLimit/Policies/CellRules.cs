using System.Numerics;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Policies;

/// <summary>Works a rate out into the numbers of the cell rate algorithm, in the narrowest word that holds them exactly.</summary>
internal static class CellRules
{
    /// <summary>How long a process may run before a narrow word could overflow: a hundred years.</summary>
    private const long LongestUptime = 36_525L * TimeSpan.TicksPerDay;

    /// <summary>The longest that a full bucket may take to refill, 10000 years, so that every wait fits a <see cref="TimeSpan"/>.</summary>
    private const long LongestRefill = 3_652_500L * TimeSpan.TicksPerDay;

    public static RateRule For(RateLimitPolicy policy, Rate rate, long burst, long? initialPermits)
    {
        Check(policy, rate, burst, initialPermits);
        var (unitsPerPermit, unitsPerTick) = Units(rate);
        var reserved = (BigInteger)policy.MaxWait.Ticks * unitsPerTick;
        var outstanding = ((BigInteger)burst * unitsPerPermit) + reserved;
        var period = (BigInteger)rate.Period.Ticks * unitsPerTick;
        var farthest = ((BigInteger)LongestUptime * unitsPerTick) + (2 * outstanding) + period;
        return farthest <= long.MaxValue ? For<long>() : For<Int128>();

        RateRule For<T>()
            where T : struct, IBinaryInteger<T>
        {
            var cells = new CellRate<T>
            {
                UnitsPerPermit = T.CreateChecked(unitsPerPermit),
                UnitsPerTick = T.CreateChecked(unitsPerTick),
                Burst = burst,
                InitialPermits = initialPermits ?? burst,
                MostOutstanding = T.CreateChecked(outstanding),
                Period = T.CreateChecked(period),
            };
            CellBucket<T> bucket = policy.Algorithm == RateLimitAlgorithm.LeakyBucket ? new LeakyBucket<T>(cells) : new TokenBucket<T>(cells);
            return bucket is CellBucket<long> narrow ? new WordRateRule(narrow) : new RateRule<T>(bucket);
        }
    }

    /// <summary>The smallest whole units in which both a permit and a tick can be counted.</summary>
    private static (long PerPermit, long PerTick) Units(Rate rate)
    {
        if (rate.Permits == 0)
        {
            return (1, 0);
        }

        var common = (long)BigInteger.GreatestCommonDivisor(rate.Permits, rate.Period.Ticks);
        return (rate.Period.Ticks / common, rate.Permits / common);
    }

    private static void Check(RateLimitPolicy policy, Rate rate, long burst, long? initialPermits)
    {
        if (initialPermits > burst)
        {
            throw RateRules.Contradiction(policy, $"InitialPermits is {initialPermits}, more than the {burst} permits that the bucket can hold");
        }

        if (rate.Permits == 0)
        {
            if (burst > 0 && policy.Algorithm == RateLimitAlgorithm.LeakyBucket)
            {
                throw RateRules.Contradiction(policy, $"a leaky bucket of {rate} would make its callers wait for ever; give it a rate above 0");
            }

            return;
        }

        if ((BigInteger)burst * rate.Period.Ticks / rate.Permits > LongestRefill)
        {
            throw RateRules.Contradiction(policy, $"at {rate} a burst of {burst} takes more than 10000 years to come back; 0/d with a burst is a bucket that never refills");
        }
    }}
