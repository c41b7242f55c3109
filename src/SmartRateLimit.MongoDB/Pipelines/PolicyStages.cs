using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>
/// What all pipelines of a policy have in common: they begin with what the bucket is at this moment, by the server's clock,
/// whether or not an expired one has been deleted yet.
/// </summary>
internal sealed class PolicyStages
{
    public const string Now = "now";
    public const string IsNew = "isNew";
    public const string State = "state";
    public const string Expires = "expires";

    private PolicyStages(RateStages[] rates)
    {
        Rates = rates;
        Observe = [.. Observing(rates).Select(Set)];
        Temporary = [Now, IsNew, .. rates.SelectMany(rate => rate.Temporary)];
        HasStepped = Or([.. rates.Select(rate => rate.HasStepped)]);
        Expiry = Max([.. rates.Select(rate => rate.Expiry)]);
    }

    public RateStages[] Rates { get; }

    /// <summary>The stages that every pipeline begins with.</summary>
    public Document[] Observe { get; }

    /// <summary>Fields that do not outlive the pipeline.</summary>
    public string[] Temporary { get; }

    /// <summary>Whether what was observed must be kept although nothing was admitted.</summary>
    public Node HasStepped { get; }

    /// <summary>When the bucket is as new, in milliseconds.</summary>
    public Node Expiry { get; }

    public static PolicyStages Of(StoredNumbers numbers) => new([.. numbers.Rates.Select((rate, index) => Stages(numbers.Policy, rate, Place(index)))]);

    /// <summary>The name of a rate's state.</summary>
    public static string Place(int index) => FormattableString.Invariant($"r{index}");

    public static Document Set(Document fields) => new() { { "$set", fields } };

    public static Document Unset(IEnumerable<string> fields) => new() { { "$unset", Items.From(fields.Select(field => new Text(field))) } };

    private static RateStages Stages(RateLimitPolicy policy, RateNumbers rate, string place) => policy.Algorithm switch
    {
        RateLimitAlgorithm.TokenBucket => new CellStages(rate, place, isLeaky: false),
        RateLimitAlgorithm.LeakyBucket => new CellStages(rate, place, isLeaky: true),
        RateLimitAlgorithm.FixedWindow => new WindowStages(rate, place, policy.AlignToClock),
        RateLimitAlgorithm.SlidingWindow => new LogStages(rate, place),
        _ => new CounterStages(rate, place),
    };

    private static IEnumerable<Document> Observing(RateStages[] rates)
    {
        yield return new Document { { Now, Milliseconds(Operators.Now) } };
        yield return new Document { { IsNew, IsAtMost(Milliseconds(OrElse(Field(Expires), new Moment(0))), Field(Now)) } };

        // All rates of a policy are of one algorithm, so they take their steps together.
        var steps = Array.ConvertAll(rates, rate => rate.Observe().ToArray());
        for (var i = 0; i < steps[0].Length; i++)
        {
            var together = new Document();
            foreach (var (name, value) in steps.SelectMany(step => step[i]))
            {
                together.Add(name, value);
            }

            yield return together;
        }
    }
}
