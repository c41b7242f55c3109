using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>Hands permits back to a bucket that is not as new anyway.</summary>
internal static class RefundPipeline
{
    /// <summary>More than any count can be, so that nothing overflows.</summary>
    private const long Most = 1L << 61;

    /// <param name="numbers">The policy's numbers, under which the bucket's state is; none of a log.</param>
    /// <param name="permits">How many.</param>
    public static Items Build(StoredNumbers numbers, long permits)
    {
        var states = new Document();
        foreach (var rate in numbers.Stages.Rates)
        {
            states.Add(rate.Place, If(Field(PolicyStages.IsNew), Field($"{PolicyStages.State}.{rate.Place}"), rate.Refunded(Math.Min(permits, Most))!));
        }

        return
        [
            .. numbers.Stages.Observe,
            PolicyStages.Set(new Document { { PolicyStages.State, states } }),
            PolicyStages.Unset(numbers.Stages.Temporary),
        ];
    }
}
