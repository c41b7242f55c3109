using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>A token or leaky bucket: how many parts of permits were outstanding, and when.</summary>
internal sealed class CellStages(RateNumbers numbers, string place, bool isLeaky) : RateStages(numbers, place)
{
    public const string Level = "level";
    public const string At = "at";

    public override IEnumerable<string> Temporary => [Name(Level), Name(At), Name(nameof(HasStepped))];

    public override Node Expiry => Add(Time, Numbers.Life);

    public override IEnumerable<Document> Observe()
    {
        yield return new Document
        {
            { Name(Level), Stored(Level, (Numbers.Capacity - Numbers.Initial) * Numbers.PartsPerPermit) },
            { Name(At), Stored(At, Time) },
        };

        // However long ago or far ahead that was, no more than everything comes back or is taken back.
        var passed = Max(-Numbers.LongestDrain, Min(Numbers.LongestDrain, Subtract(Time, Own(At))));
        yield return new Document { { Name(Level), Max(0, Subtract(Own(Level), Multiply(passed, Numbers.PartsPerMillisecond))) } };

        var hasStepped = IsMore(Own(Level), Numbers.MostParts);
        yield return new Document
        {
            { Name(nameof(HasStepped)), hasStepped },
            { Name(Level), If(hasStepped, Numbers.Full, Own(Level)) },
        };
    }

    public override Node Fits(Node permits, Node before, bool mayReserve)
    {
        var fits = IsAtMost(Parts(permits), isLeaky || !mayReserve ? Numbers.Full : Numbers.Full + Numbers.Reserve);
        return isLeaky && mayReserve ? And(fits, IsAtMost(Parts(before), Numbers.Reserve)) : fits;
    }

    public override long MostPermits(bool mayReserve) =>
        isLeaky || !mayReserve ? Numbers.Capacity : (Numbers.Full + Numbers.Reserve) / Numbers.PartsPerPermit;

    public override Node Charged(Node permits) => new Document { { Level, Parts(permits) }, { At, Time } };

    public override Node? Refunded(long permits) => new Document
    {
        { Level, Max(0, Subtract(Own(Level), Math.Min(permits, (Numbers.MostParts / Numbers.PartsPerPermit) + 1) * Numbers.PartsPerPermit)) },
        { At, Time },
    };

    /// <summary>What is outstanding with so many permits more.</summary>
    private Node Parts(Node permits) => Add(Own(Level), Multiply(permits, Numbers.PartsPerPermit));
}
