using System.Globalization;

namespace SmartRateLimit.MongoDB.Policies;

/// <summary>Reads numbers that a document was written under, as a policy that has them.</summary>
internal static class NumbersText
{
    private const char Separator = ';';
    private const int NumbersPerRate = 4;

    /// <returns>The numbers; <see langword="null"/> where a text is none of <see cref="StoredNumbers.Text"/>.</returns>
    public static StoredNumbers? TryRead(string text)
    {
        try
        {
            var parts = text.Split(Separator);
            var head = parts[0].Split(' ');
            var rates = Array.ConvertAll(parts[1..], part => Array.ConvertAll(part.Split(','), Whole));
            return head.Length == 2 && Array.TrueForAll(rates, numbers => numbers.Length == NumbersPerRate)
                ? StoredNumbers.Of(Policy(head[0], Whole(head[1]), rates).Validate())
                : null;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static RateLimitPolicy Policy(string kind, long wait, long[][] rates)
    {
        var algorithm = kind switch
        {
            "token" => RateLimitAlgorithm.TokenBucket,
            "leaky" => RateLimitAlgorithm.LeakyBucket,
            "fixed" or "rolling" => RateLimitAlgorithm.FixedWindow,
            "sliding" => RateLimitAlgorithm.SlidingWindow,
            "counter" => RateLimitAlgorithm.SlidingWindowCounter,
            _ => throw new FormatException(),
        };
        var isBucket = algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;
        var shortest = rates.MinBy(numbers => numbers[1])!;
        return new RateLimitPolicy("stored", [.. rates.Select(numbers => new Rate(numbers[0], TimeSpan.FromMilliseconds(numbers[1])))])
        {
            Algorithm = algorithm,
            AlignToClock = kind != "rolling",
            MaxWait = TimeSpan.FromTicks(wait),
            Burst = isBucket ? shortest[2] : null,
            InitialPermits = isBucket ? shortest[3] : null,
        };
    }

    private static long Whole(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
