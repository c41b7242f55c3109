using SmartRateLimit.Backends;
using SmartRateLimit.MongoDB.Buckets;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;
using SmartRateLimit.MongoDB.Policies;

namespace SmartRateLimit.MongoDB.Calls;

/// <summary>Works decisions out with the core's own algorithms: those of a bucket that was read, and again those that a pipeline made.</summary>
/// <param name="policy">The policy.</param>
/// <param name="runs">What was asked.</param>
/// <param name="isGroup">Whether all are admitted, or none is charged.</param>
internal sealed class Decider(RateLimitPolicy policy, Run[] runs, bool isGroup)
{
    private readonly long[] _admitted = new long[runs.Length];

    /// <summary>Tells what a pipeline decided: it left behind the bucket after it, the time, and how many it admitted of each run.</summary>
    /// <exception cref="RateLimitBackendException">It decided otherwise than the algorithms do on the same bucket, so nobody may be admitted.</exception>
    public void Retell(Document result, StoredNumbers numbers, Span<RateLimitDecision> decisions)
    {
        if (result[TakePipeline.Time] is not Number time || result[TakePipeline.Admitted] is not Items admitted || admitted.Count != runs.Length)
        {
            throw Disagreed();
        }

        var bucket = BucketState.Read(result, numbers, time.Value);
        var charged = 0L;
        var isCharged = !isGroup || admitted.All(count => count is Number { Value: > 0 });
        for (var i = 0; i < runs.Length; i++)
        {
            charged += isCharged && admitted[i] is Number count ? count.Value * runs[i].Cost : 0;
        }

        bucket.Refund(charged);
        Decide(bucket, decisions);
        for (var i = 0; i < runs.Length; i++)
        {
            if (admitted[i] is not Number count || count.Value != _admitted[i])
            {
                decisions.Clear();
                throw Disagreed();
            }
        }
    }

    /// <summary>Decides on a bucket, and charges it.</summary>
    public void Decide(BucketState bucket, Span<RateLimitDecision> decisions)
    {
        if (isGroup)
        {
            DecideTogether(bucket, decisions);
            return;
        }

        for (var i = 0; i < runs.Length; i++)
        {
            DecideEach(bucket, i, decisions[..runs[i].Count]);
            decisions = decisions[runs[i].Count..];
        }
    }

    private static RateLimitBackendException Disagreed() => new(
        BackendFailure.OutcomeUnknown, "The server did not decide as MongoDB 4.2 and newer do, or the document is no bucket.");

    private long Patience(int index) => runs[index].MayReserve ? policy.MaxWait.Ticks : 0;

    private void DecideEach(BucketState bucket, int index, Span<RateLimitDecision> decisions)
    {
        _admitted[index] = 0;
        for (var i = 0; i < decisions.Length; i++)
        {
            var judgement = bucket.Measure(runs[index].Cost, Patience(index));
            if (!judgement.IsAdmitted)
            {
                // Those after the first rejection are rejected alike.
                decisions[i..].Fill(bucket.Decide(policy, judgement));
                return;
            }

            bucket.Charge(runs[index].Cost);
            _admitted[index]++;
            decisions[i] = bucket.Decide(policy, judgement);
        }
    }

    private void DecideTogether(BucketState bucket, Span<RateLimitDecision> decisions)
    {
        var tried = bucket.Copy();
        var judgements = new Judgement[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            judgements[i] = tried.Measure(runs[i].Cost, Patience(i));
            _admitted[i] = judgements[i].IsAdmitted ? 1 : 0;
            if (judgements[i].IsAdmitted)
            {
                tried.Charge(runs[i].Cost);
            }
        }

        var charged = Array.TrueForAll(judgements, judgement => judgement.IsAdmitted);
        var together = 0L;
        for (var i = 0; i < runs.Length; i++)
        {
            if (charged)
            {
                bucket.Charge(runs[i].Cost);
            }
            else
            {
                // When the group could pass: this request needs its own cost and that of the earlier ones.
                together = runs[i].Cost > long.MaxValue - together ? long.MaxValue : together + runs[i].Cost;
                var later = bucket.Measure(together, Patience(i));
                judgements[i] = judgements[i].IsAdmitted || later.IsAdmitted ? judgements[i] : later;
            }
        }

        for (var i = 0; i < runs.Length; i++)
        {
            decisions[i] = bucket.Decide(policy, judgements[i]);
        }
    }
}
