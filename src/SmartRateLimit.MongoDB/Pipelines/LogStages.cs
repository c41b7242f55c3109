using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>A sliding window: every admission of the last period, in order; those of one millisecond are one.</summary>
internal sealed class LogStages(RateNumbers numbers, string place) : RateStages(numbers, place)
{
    public const string Log = "log";
    public const string At = "at";
    public const string Cost = "cost";

    private const string Newest = "Newest";
    private const string Older = "Older";
    private const string Total = "Total";

    public override IEnumerable<string> Temporary => [Name(Log), Name(Newest), Name(Older), Name(Total), Name(nameof(HasStepped))];

    public override Node Expiry => Add(Own(Newest), Numbers.Period);

    public override IEnumerable<Document> Observe()
    {
        yield return new Document { { Name(Log), Stored(Log, Empty) } };
        yield return new Document { { Name(Newest), OrElse(Last(Own($"{Log}.{At}")), Time) } };

        var hasStepped = IsMore(Subtract(Own(Newest), Time), Numbers.Period);
        yield return new Document
        {
            { Name(nameof(HasStepped)), hasStepped },
            { Name(Log), If(hasStepped, One(Time, Numbers.Capacity), Filter(Own(Log), IsMore(OfThis(At), Subtract(Time, Numbers.Period)))) },
            { Name(Newest), If(hasStepped, Time, Max(Time, Own(Newest))) },
        };

        yield return new Document
        {
            { Name(Total), Sum(Own($"{Log}.{Cost}")) },
            { Name(Older), Filter(Own(Log), IsLess(OfThis(At), Own(Newest))) },
        };
    }

    public override Node Fits(Node permits, Node before, bool mayReserve) => IsAtMost(Add(Own(Total), permits), Numbers.Capacity);

    /// <summary>While the clock stands still, what is admitted joins the newest admission.</summary>
    public override Node Charged(Node permits)
    {
        var newest = Subtract(Add(Own(Total), permits), Sum(Own($"{Older}.{Cost}")));
        return new Document { { Log, If(IsMore(newest, 0), Concat(Own(Older), One(Own(Newest), newest)), Own(Older)) } };
    }

    public override Node? Refunded(long permits) => null;

    private static Items One(Node at, Node cost) => [new Document { { At, at }, { Cost, cost } }];
}
