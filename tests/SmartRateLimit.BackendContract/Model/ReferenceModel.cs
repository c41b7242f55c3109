namespace SmartRateLimit.Contract.Model;

/// <summary>
/// What every backend must decide, in exact numbers and by definition: it remembers admissions and when they were made,
/// and works everything else out from them.
/// </summary>
public sealed class ReferenceModel(TimeProvider time)
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
        if (_buckets.ContainsKey((policy.Name, key)))
        {
            return Find(policy, key, now).Peek(now);
        }

        var unborn = new Bucket();
        unborn.Adopt(policy, now);
        return unborn.Peek(now);
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
            _buckets.Add((policy.Name, key), bucket = new Bucket());
        }

        bucket.Adopt(policy, now);
        return bucket;
    }
}
