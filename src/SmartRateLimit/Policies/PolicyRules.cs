using System.Collections.Immutable;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Policies;

/// <summary>The range of each property of a policy, checked when it is set.</summary>
internal static class PolicyRules
{
    public static string CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name;
    }

    public static ImmutableArray<Rate> CheckRates(ImmutableArray<Rate> rates)
    {
        if (rates.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A policy needs at least one rate, such as Rate.Parse(\"100/m\").", nameof(rates));
        }

        if (rates.Length > RateLimitPolicy.MaxRates)
        {
            throw new ArgumentException($"A policy has at most {RateLimitPolicy.MaxRates} rates, not {rates.Length}.", nameof(rates));
        }

        foreach (var rate in rates)
        {
            CheckRate(rate);
        }

        return rates;
    }

    public static long? CheckPermits(long? permits, string property) => permits is null or >= 0
        ? permits
        : throw new ArgumentOutOfRangeException(property, permits, $"{property} must be at least 0, or null for its default.");

    public static TimeSpan CheckWait(TimeSpan wait) => wait >= TimeSpan.Zero && wait.TotalMilliseconds <= RateUnits.MaxPeriodMilliseconds
        ? wait
        : throw new ArgumentOutOfRangeException(nameof(wait), wait, "MaxWait must be from zero to 365250 days.");

    private static void CheckRate(Rate rate)
    {
        if (rate.Permits < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate.Permits, "The permits of a rate must be at least 0.");
        }

        var milliseconds = rate.Period.Ticks / TimeSpan.TicksPerMillisecond;
        if (rate.Period.Ticks % TimeSpan.TicksPerMillisecond != 0 || milliseconds < 1 || milliseconds > RateUnits.MaxPeriodMilliseconds)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate.Period, "The period of a rate must be whole milliseconds, from 1 ms to 365250 days.");
        }
    }
}
