using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using SmartRateLimit.Redis.Scripts;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Policies;

/// <summary>A policy's numbers as the script reads them: <c>kind wait;permits,period,burst,initial;…</c>, times in microseconds.</summary>
internal sealed class StoredNumbers
{
    private static readonly ConditionalWeakTable<RateLimitPolicy, StoredNumbers> Known = [];

    private readonly long[] _capacities;

    private StoredNumbers(RateLimitPolicy policy)
    {
        var own = Shortest(policy);
        _capacities = new long[policy.Rates.Length];
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Kind(policy)} {Microseconds(policy.MaxWait)}");
        for (var i = 0; i < _capacities.Length; i++)
        {
            var rate = policy.Rates[i];
            _capacities[i] = (i == own ? policy.Burst : null) ?? rate.Permits;
            var initial = (i == own ? policy.InitialPermits : null) ?? _capacities[i];
            text.Append(CultureInfo.InvariantCulture, $";{rate.Permits},{Microseconds(rate.Period)},{_capacities[i]},{initial}");
        }

        Argument = ScriptWords.Encoded(text.ToString());
        Problem = FindProblem(policy);
    }

    /// <summary>The numbers, encoded for the wire.</summary>
    public RedisValue Argument { get; }

    /// <summary>Why the store cannot decide the policy exactly; <see langword="null"/> when it can.</summary>
    public string? Problem { get; }

    public static StoredNumbers Of(RateLimitPolicy policy) => Known.GetValue(policy, static key => new StoredNumbers(key));

    private static string Kind(RateLimitPolicy policy) => policy.Algorithm switch
    {
        RateLimitAlgorithm.TokenBucket => "token",
        RateLimitAlgorithm.LeakyBucket => "leaky",
        RateLimitAlgorithm.FixedWindow => policy.AlignToClock ? "fixed" : "rolling",
        RateLimitAlgorithm.SlidingWindow => "sliding",
        _ => "counter",
    };

    /// <summary>The rate to which burst and initial permits belong: the one with the shortest period, the first written of equals.</summary>
    private static int Shortest(RateLimitPolicy policy)
    {
        var shortest = 0;
        for (var i = 1; i < policy.Rates.Length; i++)
        {
            shortest = policy.Rates[i].Period < policy.Rates[shortest].Period ? i : shortest;
        }

        return shortest;
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    // Numbers in Lua are doubles, whole up to 2^53; sums of two or three of these must stay below that.
    private string? FindProblem(RateLimitPolicy policy)
    {
        const long Most = 1L << 51;
        for (var i = 0; i < _capacities.Length; i++)
        {
            var rate = policy.Rates[i];
            var period = Microseconds(rate.Period);
            if (_capacities[i] > Most || rate.Permits > Most)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Redis counts exactly up to {Most} permits, and {rate} asks for more.");
            }

            if (period > Most || Microseconds(policy.MaxWait) > Most)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Redis measures times exactly up to {Most} microseconds (71 years), and {rate} or MaxWait asks for more.");
            }

            var isBucket = policy.Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;
            if (isBucket && rate.Permits > 0
                && ((BigInteger)_capacities[i] * period / rate.Permits > Most || (BigInteger)Microseconds(policy.MaxWait) * rate.Permits / period > Most))
            {
                return string.Create(CultureInfo.InvariantCulture, $"Redis measures exactly up to {Most} microseconds (71 years) and permits, and at {rate} the burst takes longer to come back or MaxWait reserves more.");
            }
        }

        return null;
    }
}
