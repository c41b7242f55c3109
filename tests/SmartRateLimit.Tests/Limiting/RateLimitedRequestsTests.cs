namespace SmartRateLimit.Tests.Limiting;

public sealed class RateLimitedRequestsTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "10/d");

    [Fact]
    public void Keys_of_a_call_that_is_pending_stay_what_they_are()
    {
        var limiter = new PendingLimiter();

        var pending = Ask(limiter, "a:b", "c").AcquireAsync(limiter, TestContext.Current.CancellationToken).AsTask();
        _ = Ask(limiter, "x:y", "z").AcquireAsync(limiter, TestContext.Current.CancellationToken).AsTask();

        Assert.False(pending.IsCompleted);
        Assert.Equal(["a%3Ab", "c"], limiter.Asked[0].Select(request => request.Key.ToString()));
        Assert.Equal(["x%3Ay", "z"], limiter.Asked[1].Select(request => request.Key.ToString()));
    }

    [Fact]
    public void Keys_longer_than_the_room_that_is_kept_leave_earlier_ones_where_they_are()
    {
        var limiter = new PendingLimiter();
        var parts = Enumerable.Range(0, 6).Select(i => new string((char)('a' + i), 200) + ":").ToArray();

        _ = Ask(limiter, parts).AcquireAsync(limiter, TestContext.Current.CancellationToken).AsTask();

        Assert.Equal(parts.Select(part => part.Replace(":", "%3A", StringComparison.Ordinal)), limiter.Asked[0].Select(request => request.Key.ToString()));
    }

    [Fact]
    public void A_call_within_the_making_of_another_has_requests_of_its_own()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var outer = Ask(limiter, "a:1");
        var inner = Ask(limiter, "b:2");

        Assert.NotSame(outer, inner);
        Assert.Equal(9, inner.Acquire(limiter).Remaining);
        Assert.Equal(9, outer.Acquire(limiter).Remaining);
        Assert.Equal(0, RateLimitedRequests.Take(1).Count);
    }

    [Theory]
    [InlineData(null, "%0")]
    [InlineData("", "%anonymous")]
    [InlineData("50%", "50%25")]
    [InlineData("plain", "plain")]
    public void A_part_is_written_as_in_a_key_of_one_part(string? part, string text)
    {
        var limiter = new PendingLimiter();

        _ = Ask(limiter, part).AcquireAsync(limiter, TestContext.Current.CancellationToken).AsTask();

        using var key = new RateLimitKeyBuilder(stackalloc char[16]);
        key.Add(part);
        Assert.Equal(key.ToString(), limiter.Asked[0][0].Key.ToString());
        Assert.True(part is null || text == limiter.Asked[0][0].Key.ToString());
    }

    private static RateLimitedRequests Ask(IRateLimiter limiter, params string?[] parts)
    {
        Assert.NotNull(limiter);
        var requests = RateLimitedRequests.Take(parts.Length);
        foreach (var part in parts)
        {
            requests.AddPart(Policy, part, 1);
        }

        return requests;
    }

    private sealed class PendingLimiter : IRateLimiter
    {
        public List<RateLimitRequest[]> Asked { get; } = [];

        public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default)
        {
            Asked.Add(requests.ToArray());
            return new(new TaskCompletionSource<RateLimitDecision>().Task);
        }

        public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1) => throw new NotSupportedException();

        public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
