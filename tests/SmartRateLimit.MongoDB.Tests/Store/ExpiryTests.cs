using SmartRateLimit.Contract;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;
using SmartRateLimit.MongoDB.Tests.Evaluation;

namespace SmartRateLimit.MongoDB.Tests.Store;

/// <summary>Documents expire, and whether one has been deleted yet makes no difference.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static TheoryData<RateLimitAlgorithm> Algorithms => [.. Enum.GetValues<RateLimitAlgorithm>()];

    // Seen to fail: a bucket of parts expired in a quarter of its time.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_bucket_expires_no_sooner_than_it_is_as_new(RateLimitAlgorithm algorithm)
    {
        var policy = RateLimitPolicy.Parse("policy", "7/10s; 20/m") with { Algorithm = algorithm };
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var time = new FakeTime();
            var buckets = new EvaluatedBuckets(time);
            using var backend = EvaluatedNodes.Clocked(buckets, time, Grace);
            for (var i = 0; i < 12; i++)
            {
                Assert.False(backend.Acquire(policy, "key", random.Next(8)).IsDegraded);
                var document = buckets.Documents.Values.Single();
                var expires = Assert.IsType<Moment>(document[PolicyStages.Expires]).Milliseconds;
                Assert.InRange(backend.Peek(policy, "key").ResetAfter.TotalMilliseconds, 0, expires - Now(time) - Grace.TotalMilliseconds);
                time.Advance(TimeSpan.FromMilliseconds(random.Next(4_000)));
                if (random.Next(4) == 0)
                {
                    time.StepWall(-TimeSpan.FromMilliseconds(random.Next(15_000)));
                }
            }
        }
    }

    // Seen to fail: the pipeline did not look at the expiry.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    public void An_expired_bucket_is_new_whether_or_not_it_has_been_deleted(RateLimitAlgorithm algorithm)
    {
        var policy = RateLimitPolicy.Parse("policy", "10/10s") with { Algorithm = algorithm, InitialPermits = 3 };
        var time = new FakeTime();
        var buckets = new EvaluatedBuckets(time);
        using var backend = EvaluatedNodes.Clocked(buckets, time, Grace);
        Assert.Equal(2, backend.Acquire(policy, "key", 1).Remaining);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(10, backend.Peek(policy, "key").Remaining);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Single(buckets.Documents);
        Assert.Equal(3, backend.Peek(policy, "key").Remaining);
        backend.Refund(policy, "key", 5);
        Assert.Equal(3, backend.Peek(policy, "key").Remaining);
        Assert.Equal(2, backend.Acquire(policy, "key", 1).Remaining);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void An_expired_bucket_of_other_numbers_is_new_as_well(RateLimitAlgorithm algorithm)
    {
        var time = new FakeTime();
        using var backend = EvaluatedNodes.Clocked(new EvaluatedBuckets(time), time, Grace);
        Assert.True(backend.Acquire(RateLimitPolicy.Parse("policy", "100/s") with { Algorithm = algorithm }, "key", 100).IsAllowed);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, backend.Acquire(RateLimitPolicy.Parse("policy", "5/h") with { Algorithm = algorithm }, "key", 2).Remaining);
    }

    [Fact]
    public void A_bucket_that_never_refills_is_kept_for_a_thousand_years()
    {
        var policy = RateLimitPolicy.Parse("policy", "0/d") with { Burst = 5 };
        var time = new FakeTime();
        using var backend = EvaluatedNodes.Clocked(new EvaluatedBuckets(time), time, Grace);
        Assert.True(backend.Acquire(policy, "key", 5).IsAllowed);
        time.Advance(TimeSpan.FromDays(900 * 365));
        Assert.Equal(Timeout.InfiniteTimeSpan, backend.Acquire(policy, "key", 1).RetryAfter);
    }

    private static long Now(FakeTime time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}
