using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using SmartRateLimit.MongoDB.Pipelines;

namespace SmartRateLimit.MongoDB.Policies;

/// <summary>A policy's numbers, as a document says under which its state was written: <c>kind wait;permits,period,burst,initial;…</c>, the wait in ticks, periods in milliseconds.</summary>
internal sealed class StoredNumbers
{
    private static readonly ConditionalWeakTable<RateLimitPolicy, StoredNumbers> Known = [];

    private StoredNumbers(RateLimitPolicy policy)
    {
        Policy = policy;
        var own = Shortest(policy);
        Rates = new RateNumbers[policy.Rates.Length];
        Texts = new string[Rates.Length];
        var head = string.Create(CultureInfo.InvariantCulture, $"{Kind(policy)} {policy.MaxWait.Ticks}");
        var text = new StringBuilder(head);
        for (var i = 0; i < Rates.Length; i++)
        {
            var rate = policy.Rates[i];
            var capacity = (i == own ? policy.Burst : null) ?? rate.Permits;
            var numbers = new RateNumbers(policy, rate, capacity, (i == own ? policy.InitialPermits : null) ?? capacity);
            var part = string.Create(CultureInfo.InvariantCulture, $";{rate.Permits},{numbers.Period},{capacity},{numbers.Initial}");
            text.Append(part);
            (Rates[i], Texts[i]) = (numbers, head + part);
        }

        Text = text.ToString();
        Problem = Array.Find(Rates, rate => !rate.IsExact)?.Problem;
        Stages = Problem is null ? PolicyStages.Of(this) : null!;
    }

    public RateLimitPolicy Policy { get; }

    public RateNumbers[] Rates { get; }

    /// <summary>The numbers.</summary>
    public string Text { get; }

    /// <summary>The numbers of each rate alone.</summary>
    public string[] Texts { get; }

    /// <summary>Why the store cannot decide the policy exactly; <see langword="null"/> when it can.</summary>
    public string? Problem { get; }

    /// <summary>What pipelines of the policy are made of, where it can be decided.</summary>
    public PolicyStages Stages { get; }

    /// <summary>Whether every admission of a period is kept.</summary>
    public bool IsLog => Policy.Algorithm == RateLimitAlgorithm.SlidingWindow;

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
}
