using SmartRateLimit.MongoDB.Buckets;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;
using SmartRateLimit.MongoDB.Policies;

namespace SmartRateLimit.MongoDB.Calls;

/// <summary>
/// What is said to the store to decide on one bucket, command by command: whoever walks through it carries each out before
/// asking for the next. Mostly that is one. A bucket under other numbers is read, decided on here, and written if nobody
/// did so meanwhile.
/// </summary>
/// <param name="policy">The policy.</param>
/// <param name="id">The id of the bucket's document.</param>
/// <param name="grace">Milliseconds for which a bucket is kept that is as new.</param>
internal sealed class BucketCalls(RateLimitPolicy policy, string id, long grace)
{
    /// <summary>So often others may be faster.</summary>
    private const int MostAttempts = 100;

    private readonly StoredNumbers _numbers = StoredNumbers.Of(policy);

    /// <summary>Decides requests in their order.</summary>
    /// <param name="requests">The requests, all of the policy and the bucket.</param>
    /// <param name="isGroup">Whether all are admitted, or none is charged.</param>
    /// <param name="decisions">Receives a decision for each caller.</param>
    public IEnumerable<Command> Take(IReadOnlyList<StoreRequest> requests, bool isGroup, Memory<RateLimitDecision> decisions)
    {
        Run[] runs = [.. requests.Select(request => new Run(request.Cost, request.Count, request.MayReserve))];
        var pipeline = TakePipeline.Build(_numbers, runs, isGroup, grace);
        var decider = new Decider(policy, runs, isGroup);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var update = new UpdateCommand(id, _numbers.Text, pipeline, mayInsert: true);
            yield return update;
            if (update.Result is { } result)
            {
                decider.Retell(result, _numbers, decisions.Span);
                yield break;
            }

            var read = new ReadCommand(id);
            yield return read;
            if (read.Result is not { } found || IsOwn(found))
            {
                // Another caller was the first to write the document, or it is gone.
                continue;
            }

            var bucket = BucketState.IsExpired(found, read.Now) ? BucketState.New(_numbers, read.Now) : BucketState.Read(found, read.Now);
            bucket.Adopt(_numbers);
            decider.Decide(bucket, decisions.Span);
            if (!bucket.IsDue)
            {
                yield break;
            }

            var replace = new ReplaceCommand(id, found, bucket.Write(grace));
            yield return replace;
            if (replace.IsDone)
            {
                yield break;
            }
        }

        throw Overtaken();
    }

    /// <summary>Reads the bucket as a request of cost 1 would find it.</summary>
    public IEnumerable<Command> Peek(Action<RateLimitDecision> found)
    {
        var read = new ReadCommand(id);
        yield return read;
        var bucket = read.Result is { } document && !BucketState.IsExpired(document, read.Now)
            ? BucketState.Read(document, read.Now)
            : BucketState.New(_numbers, read.Now);
        bucket.Adopt(_numbers);
        found(bucket.Decide(policy, bucket.Measure(1, 0)));
    }

    /// <summary>Hands permits back.</summary>
    public IEnumerable<Command> Refund(long cost)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (!_numbers.IsLog)
            {
                var update = new UpdateCommand(id, _numbers.Text, RefundPipeline.Build(_numbers, cost), mayInsert: false);
                yield return update;
                if (update.Result is not null)
                {
                    yield break;
                }
            }

            var read = new ReadCommand(id);
            yield return read;
            if (read.Result is not { } found || BucketState.IsExpired(found, read.Now))
            {
                yield break;
            }

            if (IsOwn(found) && !_numbers.IsLog)
            {
                continue;
            }

            var bucket = BucketState.Read(found, read.Now);
            bucket.Adopt(_numbers);
            bucket.Refund(cost);
            var replace = new ReplaceCommand(id, found, bucket.Write(grace));
            yield return replace;
            if (replace.IsDone)
            {
                yield break;
            }
        }

        throw Overtaken();
    }

    private static RateLimitBackendException Overtaken() =>
        new(BackendFailure.Unavailable, "The bucket was changed again and again by others before it could be written.");

    private bool IsOwn(Document document) => BucketState.NumbersIn(document) == _numbers.Text;
}
