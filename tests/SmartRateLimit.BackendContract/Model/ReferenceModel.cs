namespace SmartRateLimit.Contract.Model;

/// <summary>
/// What every backend must decide, in exact numbers and by definition: it remembers admissions and when they were made,
/// and works everything else out from them.
/// </summary>
/// <param name="time">The clocks.</param>
/// <param name="granule">Ticks in one step of the clock of the backend that is compared.</param>
/// <param name="step">Ticks in one part of a period in which that backend holds what is spent; 0 where it takes the largest parts that do.</param>
public sealed class ReferenceModel(TimeProvider time, long granule = 1, long step = 0)
{
    private readonly Dictionary<(string Policy, string Key), Bucket> _buckets = [];

    public Answer Acquire(RateLimitPolicy policy, string key, long cost, bool mayReserve)
    {
        var now = Instant.Of(time);
        return Find(policy, key, now).Acquire(now, cost, mayReserve ? policy.MaxWait.Ticks : 0);
    }

    public Answer Peek(RateLimitPolicy policy, string key)
    {
        var now = Instant.Of(time);
        var copy = _buckets.TryGetValue((policy.Name, key), out var bucket) ? bucket.Copy() : new Bucket(granule, step);
        copy.Adopt(policy, now);
        return copy.Peek(now);
    }

    public void Refund(RateLimitPolicy policy, string key, long cost)
    {
        var now = Instant.Of(time);
        Find(policy, key, now).Refund(now, cost);
    }

    public void Reset(RateLimitPolicy policy, string key) => _buckets.Remove((policy.Name, key));

    private Bucket Find(RateLimitPolicy policy, string key, Instant now)
    {
        if (!_buckets.TryGetValue((policy.Name, key), out var bucket))
        {
            _buckets.Add((policy.Name, key), bucket = new Bucket(granule, step));
        }

        bucket.Adopt(policy, now);
        return bucket;
    }
}
