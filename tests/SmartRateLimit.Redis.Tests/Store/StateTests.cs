using System.Globalization;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Processes;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Store;

/// <summary>What the script leaves in the server.</summary>
public sealed class StateTests(RedisServerFixture fixture)
{
    private readonly string _prefix = RedisServerFixture.NewPrefix();

    private IDatabase Database => fixture.Multiplexer.GetDatabase();

    public static TheoryData<RateLimitAlgorithm> Algorithms => [.. Enum.GetValues<RateLimitAlgorithm>()];

    // Seen to fail: keys got no expiry.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Every_key_expires_when_it_is_as_new_and_not_much_later(RateLimitAlgorithm algorithm)
    {
        using var backend = Create();
        var policy = RateLimitPolicy.Parse("policy", "10/m; 20/h") with { Algorithm = algorithm };
        var decision = backend.Acquire(policy, "key", 4);
        var expiry = Database.KeyTimeToLive(BucketKey.Format(_prefix, "policy", "key"));
        Assert.True(decision.IsAllowed);
        Assert.NotNull(expiry);
        Assert.InRange(expiry.Value, decision.ResetAfter - TimeSpan.FromSeconds(1), TimeSpan.FromHours(2) + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_bucket_that_never_refills_expires_after_a_lifetime()
    {
        using var backend = Create();
        backend.Acquire(RateLimitPolicy.Parse("policy", "0/d") with { Burst = 3 }, "key", 1);
        Assert.InRange(Database.KeyTimeToLive(BucketKey.Format(_prefix, "policy", "key"))!.Value.TotalDays, 25_000, 30_000);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Peeks_and_rejections_leave_a_key_as_it_is(RateLimitAlgorithm algorithm)
    {
        using var backend = Create();
        var bucket = BucketKey.Format(_prefix, "policy", "key");
        var policy = RateLimitPolicy.Parse("policy", "10/m") with { Algorithm = algorithm };
        await backend.PeekAsync(policy, "key", CancellationToken.None);
        await backend.RefundAsync(policy, "key", 3, CancellationToken.None);
        Assert.False(await Database.KeyExistsAsync(bucket));
        backend.Acquire(policy, "key", 4);
        var before = await Database.KeyDumpAsync(bucket);
        await backend.PeekAsync(policy, "key", CancellationToken.None);
        backend.Acquire(policy, "key", 7);
        backend.Acquire(policy, "key", 11);
        Assert.Equal(before, await Database.KeyDumpAsync(bucket));
    }

    [Fact]
    public void The_state_says_under_which_numbers_it_was_written()
    {
        using var backend = Create();
        backend.Acquire(RateLimitPolicy.Parse("policy", "10/m") with { Burst = 20 }, "key", 4);
        Assert.StartsWith("token 0;10,60000000,20,20|", Database.StringGet(BucketKey.Format(_prefix, "policy", "key")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_keeps_only_the_last_period()
    {
        using var backend = Create();
        var policy = RateLimitPolicy.Parse("policy", "50/100ms") with { Algorithm = RateLimitAlgorithm.SlidingWindow };
        for (var i = 0; i < 300; i++)
        {
            backend.Acquire(policy, "key", 1);
            Thread.Sleep(i % 20 == 0 ? 20 : 0);
        }

        Assert.InRange(Database.HashLength(BucketKey.Format(_prefix, "policy", "key")), 2, 51);
    }

    [Fact]
    public void A_key_that_holds_something_else_is_an_error_and_not_a_fresh_bucket()
    {
        using var store = CreateStore();
        Database.StringSet(BucketKey.Format(_prefix, "policy", "text"), "hello", TimeSpan.FromMinutes(1));
        Database.ListLeftPush(BucketKey.Format(_prefix, "policy", "list"), "hello");
        foreach (var key in (string[])["text", "list"])
        {
            var error = Assert.Throws<RateLimitBackendException>(
                () => store.Acquire([new StoreRequest(RateLimitPolicy.Parse("policy", "10/m"), key.AsMemory(), 1)], new RateLimitDecision[1]));
            Assert.Equal(BackendFailure.Misconfigured, error.Failure);
        }
    }

    [Theory]
    [InlineData("search*")]
    [InlineData("search?")]
    [InlineData("search[1]")]
    [InlineData("se\\arch")]
    public async Task Live_buckets_of_a_policy_are_listed_and_no_others(string name)
    {
        using var backend = Create();
        var expected = Enumerable.Range(0, 600).Select(i => i.ToString(CultureInfo.InvariantCulture)).Append("{a}*?[").ToList();
        foreach (var key in expected)
        {
            backend.Acquire(RateLimitPolicy.Parse(name, "10/m"), key, 1);
        }

        backend.Acquire(RateLimitPolicy.Parse("search1", "10/m"), "other", 1);
        var listed = new List<string>();
        await foreach (var key in backend.ListKeysAsync(name, TestContext.Current.CancellationToken))
        {
            listed.Add(key);
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Buckets_are_listed_from_the_database_that_the_connection_uses()
    {
        using var multiplexer = await RedisServerFixture.ConnectAsync(fixture.Server.EndPoint + ",defaultDatabase=3");
        using var backend = Nodes.On(multiplexer, _prefix);
        backend.Acquire(RateLimitPolicy.Parse("search", "10/m"), "third", 1);
        Assert.Equal(["third"], await ListAsync(backend));
        using var elsewhere = Create();
        Assert.Empty(await ListAsync(elsewhere));

        static async Task<List<string>> ListAsync(RedisBackend backend)
        {
            var keys = new List<string>();
            await foreach (var key in backend.ListKeysAsync("search", TestContext.Current.CancellationToken))
            {
                keys.Add(key);
            }

            return keys;
        }
    }

    [Fact]
    public async Task A_bucket_that_is_as_new_leaves_the_server()
    {
        using var backend = Create();
        var policy = RateLimitPolicy.Parse("policy", "10/100ms");
        Assert.True(backend.Acquire(policy, "key", 10).IsAllowed);
        await Eventually.HoldsAsync(
            async () => !await Database.KeyExistsAsync(BucketKey.Format(_prefix, "policy", "key")), TimeSpan.FromSeconds(11), "the key is gone");
    }

    [Fact]
    public async Task Resets_and_refunds_are_told_to_other_nodes()
    {
        using var here = CreateStore();
        using var there = CreateStore();
        var heard = new TaskCompletionSource<(string, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        there.BucketReplenished += (_, bucket) => heard.TrySetResult((bucket.PolicyName, bucket.Key));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await here.ResetAsync(RateLimitPolicy.Parse("a:b", "10/m"), "{k}".AsMemory(), CancellationToken.None);
        Assert.Equal(("a:b", "{k}"), await heard.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Equal_requests_of_one_entry_are_decided_one_after_the_other(RateLimitAlgorithm algorithm)
    {
        using var store = CreateStore();
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { Algorithm = algorithm };
        var other = RateLimitPolicy.Parse("other", "3/d; 5/w") with { Algorithm = algorithm };
        var decisions = new RateLimitDecision[13];
        store.Acquire(
            [
                new StoreRequest(policy, "a".AsMemory(), 4, Count: 4),
                new StoreRequest(other, "a".AsMemory(), 1, Count: 5),
                new StoreRequest(policy, "b".AsMemory(), 2, Count: 1),
                new StoreRequest(policy, "a".AsMemory(), 1, Count: 3),
            ],
            decisions);
        Assert.Equal("++--+++--+++-", string.Concat(decisions.Select(decision => decision.IsAllowed ? '+' : '-')));
        Assert.Equal([6, 2, 2, 2, 2, 1, 0, 0, 0, 8, 1, 0, 0], decisions.Select(decision => decision.Remaining));
    }

    // Seen to fail: every policy was supported.
    [Fact]
    public void Numbers_that_the_store_cannot_count_exactly_are_refused_by_name()
    {
        using var store = CreateStore();
        foreach (var policy in (RateLimitPolicy[])
            [
                new RateLimitPolicy("many", new Rate((1L << 51) + 1, TimeSpan.FromSeconds(1))) with { Algorithm = RateLimitAlgorithm.FixedWindow },
                new RateLimitPolicy("long", new Rate(1, TimeSpan.FromDays(40_000))),
                new RateLimitPolicy("slow", new Rate(1, TimeSpan.FromDays(365))) with { Burst = 100 },
            ])
        {
            Assert.False(store.Supports(policy, out var reason));
            Assert.Contains("Redis", reason, StringComparison.Ordinal);
        }

        Assert.True(store.Supports(new RateLimitPolicy("most", new Rate(1L << 51, TimeSpan.FromMilliseconds(1))), out _));
    }

    private RedisStore CreateStore() => Nodes.Store(fixture.Multiplexer, _prefix);

    private RedisBackend Create() => Nodes.On(fixture.Multiplexer, _prefix);
}
