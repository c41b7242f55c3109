using System.Globalization;
using System.Text.Json;

namespace SmartRateLimit.Contract.Vectors;

/// <summary>Reads a policy from a case, in either of the spellings that the cases use.</summary>
public static class VectorPolicy
{
    public static RateLimitPolicy From(JsonElement config)
    {
        var policy = config.TryGetProperty("rates", out var rates)
            ? RateLimitPolicy.Parse("vector", rates.GetString()!)
            : new RateLimitPolicy("vector", ReadRate(config));
        return policy with
        {
            Algorithm = ReadAlgorithm(config),
            Burst = Number(config, "burst") ?? Number(config, "capacity"),
            InitialPermits = Number(config, "initial"),
            AlignToClock = !config.TryGetProperty("alignToClock", out var aligned) || aligned.GetBoolean(),
        };
    }

    private static RateLimitAlgorithm ReadAlgorithm(JsonElement config)
    {
        var name = config.TryGetProperty("algorithm", out var algorithm) ? algorithm.GetString()! : nameof(RateLimitAlgorithm.TokenBucket);
        return name switch
        {
            "gcra" => RateLimitAlgorithm.TokenBucket,
            "slidingLog" => RateLimitAlgorithm.SlidingWindow,
            "slidingCounter" => RateLimitAlgorithm.SlidingWindowCounter,
            _ => Enum.Parse<RateLimitAlgorithm>(name, ignoreCase: true),
        };
    }

    private static Rate ReadRate(JsonElement config)
    {
        if (Number(config, "limit") is { } limit)
        {
            var interval = VectorTime.Ticks(config, "emissionIntervalSeconds", 1) ?? VectorTime.Ticks(config, "emissionIntervalMs", 0.001m);
            return new Rate(limit, TimeSpan.FromTicks(limit * interval ?? VectorTime.Ticks(config, "periodSeconds", 1)!.Value));
        }

        var perSecond = config.TryGetProperty("refillPerSecond", out var refill) ? refill : config.GetProperty("leakPerSecond");
        var (permits, seconds) = Fraction(perSecond.ToString());
        return new Rate(permits, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Reads <c>10/60</c>, <c>2</c> or <c>0.4</c> as a quotient of whole numbers.</summary>
    private static (long Numerator, long Denominator) Fraction(string text)
    {
        if (text.Split('/') is [var numerator, var denominator])
        {
            return (long.Parse(numerator, CultureInfo.InvariantCulture), long.Parse(denominator, CultureInfo.InvariantCulture));
        }

        var (value, scale) = (decimal.Parse(text, CultureInfo.InvariantCulture), 1L);
        for (; value != decimal.Truncate(value); scale *= 10)
        {
            value *= 10;
        }

        return ((long)value, scale);
    }

    private static long? Number(JsonElement config, string name) =>
        config.TryGetProperty(name, out var number) ? number.GetInt64() : null;
}
