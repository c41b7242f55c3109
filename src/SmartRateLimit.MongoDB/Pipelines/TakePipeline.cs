using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>
/// Decides requests for one bucket in their order and charges those that it admits. That is all: how long the others have
/// to wait, and what is left, follows from what it leaves behind and is worked out by who asked.
/// </summary>
internal static class TakePipeline
{
    public const string Time = "time";
    public const string Admitted = "admitted";

    private const string Used = "used";
    private const string IsWritten = "isWritten";

    /// <param name="numbers">The policy's numbers, under which the bucket's state is.</param>
    /// <param name="runs">The requests.</param>
    /// <param name="isGroup">Whether all are admitted, or none is charged.</param>
    /// <param name="grace">Milliseconds for which a bucket is kept that is as new.</param>
    public static Items Build(StoredNumbers numbers, ReadOnlySpan<Run> runs, bool isGroup, long grace)
    {
        var policy = numbers.Stages;
        var stages = new List<Node>(policy.Observe);
        var counts = new List<Node>(runs.Length);
        Node used = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            var name = FormattableString.Invariant($"n{i}");
            stages.Add(PolicyStages.Set(new Document { { name, HowMany(numbers, runs[i], used) } }));
            stages.Add(PolicyStages.Set(new Document { { Used, Add(used, Multiply(Field(name), runs[i].Cost)) } }));
            counts.Add(Field(name));
            used = Field(Used);
        }

        if (isGroup)
        {
            var all = And([.. counts.Select(count => IsEqual(count, 1))]);
            stages.Add(PolicyStages.Set(new Document { { Used, If(all, used, 0) } }));
        }

        stages.Add(PolicyStages.Set(new Document { { IsWritten, Or(IsMore(used, 0), Field(PolicyStages.IsNew), policy.HasStepped) } }));
        stages.Add(PolicyStages.Set(new Document
        {
            { PolicyStages.State, Written(policy.Rates, rate => rate.Charged(used)) },
            { PolicyStages.Expires, If(Field(IsWritten), Date(Add(policy.Expiry, grace)), Field(PolicyStages.Expires)) },
            { Time, Field(PolicyStages.Now) },
            { Admitted, Items.From(counts) },
        }));
        stages.Add(PolicyStages.Unset([.. policy.Temporary, Used, IsWritten, .. counts.Select((_, i) => FormattableString.Invariant($"n{i}"))]));
        return [.. stages];
    }

    private static Document Written(RateStages[] rates, Func<RateStages, Node> state)
    {
        var states = new Document();
        foreach (var rate in rates)
        {
            states.Add(rate.Place, If(Field(IsWritten), state(rate), Field($"{PolicyStages.State}.{rate.Place}")));
        }

        return states;
    }

    /// <summary>How many of some equal requests fit: those up to the first that does not.</summary>
    private static Node HowMany(StoredNumbers numbers, Run run, Node used)
    {
        if (run.Cost == 0)
        {
            return Array.TrueForAll(numbers.Rates, rate => rate.Capacity > 0) ? run.Count : 0;
        }

        if (Array.Exists(numbers.Rates, rate => run.Cost > rate.Capacity))
        {
            return 0;
        }

        var rates = numbers.Stages.Rates;
        var most = Math.Min(run.Count, rates.Min(rate => rate.MostPermits(run.MayReserve)) / run.Cost);
        var before = Add(used, Multiply(Subtract(This, 1), run.Cost));
        var permits = Add(used, Multiply(This, run.Cost));
        return Size(Filter(UpTo(most), And([.. rates.Select(rate => rate.Fits(permits, before, run.MayReserve))])));
    }
}
