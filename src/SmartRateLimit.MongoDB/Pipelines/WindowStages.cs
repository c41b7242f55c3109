using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>A fixed window: when it began, and what was admitted in it.</summary>
internal sealed class WindowStages(RateNumbers numbers, string place, bool isAligned) : RateStages(numbers, place)
{
    public const string Start = "start";
    public const string Count = "count";

    private const string IsOver = "IsOver";

    public override IEnumerable<string> Temporary => [Name(Start), Name(Count), Name(IsOver), Name(nameof(HasStepped))];

    public override Node Expiry => Add(Own(Start), Numbers.Period);

    private Node NewStart => isAligned ? Subtract(Time, Modulo(Time, Numbers.Period)) : Time;

    public override IEnumerable<Document> Observe()
    {
        yield return new Document { { Name(Start), Stored(Start, Time) }, { Name(Count), Stored(Count, 0) } };

        var isEmpty = IsEqual(Own(Count), 0);
        yield return new Document
        {
            { Name(IsOver), Or(isEmpty, IsAtLeast(Time, Add(Own(Start), Numbers.Period))) },
            { Name(nameof(HasStepped)), And(Not(isEmpty), IsMore(Subtract(Own(Start), Time), Numbers.Period)) },
        };

        yield return new Document
        {
            { Name(Start), If(Or(Own(IsOver), HasStepped), NewStart, Own(Start)) },
            { Name(Count), If(Own(IsOver), 0, If(HasStepped, Numbers.Capacity, Own(Count))) },
        };
    }

    public override Node Fits(Node permits, Node before, bool mayReserve) => IsAtMost(Add(Own(Count), permits), Numbers.Capacity);

    public override Node Charged(Node permits) => new Document { { Start, Own(Start) }, { Count, Add(Own(Count), permits) } };

    public override Node? Refunded(long permits) => new Document { { Start, Own(Start) }, { Count, Max(0, Subtract(Own(Count), permits)) } };
}
