using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>Two aligned windows, of which the previous one counts by the share of it that the sliding window still covers.</summary>
internal sealed class CounterStages(RateNumbers numbers, string place) : RateStages(numbers, place)
{
    public const string Start = "start";
    public const string Previous = "previous";
    public const string Current = "current";

    private const string Actual = "Actual";
    private const string IsKept = "IsKept";
    private const string Weight = "Weight";

    public override IEnumerable<string> Temporary =>
        [Name(Start), Name(Previous), Name(Current), Name(Actual), Name(IsKept), Name(Weight), Name(nameof(HasStepped))];

    public override Node Expiry => Add(Own(Start), 2 * Numbers.Period);

    public override IEnumerable<Document> Observe()
    {
        yield return new Document
        {
            { Name(Actual), Subtract(Time, Modulo(Time, Numbers.Period)) },
            { Name(Start), Stored(Start, Time) },
            { Name(Previous), Stored(Previous, 0) },
            { Name(Current), Stored(Current, 0) },
        };

        // What stands in a window that is yet to come is kept while the clock is behind it by no more than a period.
        var isAhead = And(IsMore(Own(Start), Own(Actual)), IsMore(Add(Own(Previous), Own(Current)), 0));
        var isNear = IsAtMost(Subtract(Own(Start), Time), Numbers.Period);
        yield return new Document
        {
            { Name(IsKept), Or(IsEqual(Own(Start), Own(Actual)), And(isAhead, isNear)) },
            { Name(nameof(HasStepped)), And(isAhead, Not(isNear)) },
        };

        var isNext = IsEqual(Subtract(Own(Actual), Numbers.Period), Own(Start));
        yield return new Document
        {
            { Name(Start), If(Own(IsKept), Own(Start), Own(Actual)) },
            { Name(Previous), If(Own(IsKept), Own(Previous), If(isNext, Own(Current), 0)) },
            { Name(Current), If(Own(IsKept), Own(Current), If(HasStepped, Numbers.Capacity, 0)) },
        };

        var elapsed = Max(0, Subtract(Time, Own(Start)));
        yield return new Document { { Name(Weight), Multiply(Own(Previous), Subtract(Numbers.Period, elapsed)) } };
    }

    // floor(weight / period) + current + permits ≤ capacity, without the division.
    public override Node Fits(Node permits, Node before, bool mayReserve) =>
        IsLess(Own(Weight), Multiply(Subtract(Subtract(Numbers.Capacity + 1, Own(Current)), permits), Numbers.Period));

    public override Node Charged(Node permits) => With(Own(Previous), Add(Own(Current), permits));

    // A window may have ended since the permits were taken.
    public override Node? Refunded(long permits) => With(
        Max(0, Subtract(Own(Previous), Max(0, Subtract(permits, Own(Current))))),
        Max(0, Subtract(Own(Current), permits)));

    private Document With(Node previous, Node current) => new() { { Start, Own(Start) }, { Previous, previous }, { Current, current } };
}
