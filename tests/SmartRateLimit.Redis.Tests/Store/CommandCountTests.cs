using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Store;

/// <summary>
/// What the server runs for an acquire, in scripts as well: exact on every machine, so this guards what times cannot.
/// </summary>
public sealed class CommandCountTests : IAsyncLifetime
{
    private const string OneString = "evalsha 10, get 10, set 10, time 10";

    /// <summary>What the driver and this test ask for by themselves.</summary>
    private static readonly string[] Uncounted = ["info", "ping", "echo", "hello", "auth", "select", "subscribe", "unsubscribe", "publish", "cluster", "sentinel", "client", "config", "script", "latency"];

    private RedisServer? _server;
    private ConnectionMultiplexer? _multiplexer;
    private RedisBackend? _backend;
    private SmartRateLimiter? _limiter;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _multiplexer = await RedisServerFixture.ConnectAsync(_server.EndPoint + ",syncTimeout=30000");
        _backend = new RedisBackend(_multiplexer, new RedisBackendOptions { Timeout = TimeSpan.FromSeconds(30) });
        _limiter = new SmartRateLimiter(_backend);

        // The script is loaded by the first call.
        _ = await _limiter.AcquireAsync(RateLimitPolicy.Parse("first", "1/s"), "key", cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _backend!.DisposeAsync();
        _multiplexer!.Dispose();
        _server!.Dispose();
    }

    // Seen to fail: the script read each bucket, and each part of a log, twice.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket, OneString)]
    [InlineData(RateLimitAlgorithm.LeakyBucket, OneString)]
    [InlineData(RateLimitAlgorithm.FixedWindow, OneString)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter, OneString)]
    [InlineData(RateLimitAlgorithm.SlidingWindow, "evalsha 10, hget 10, hmget 17, hset 20, pexpire 10, time 10")]
    public async Task An_acquire_is_one_call_that_reads_the_time_and_the_key_once(RateLimitAlgorithm algorithm, string commands)
    {
        var policy = RateLimitPolicy.Parse("counted", "100/h") with { Algorithm = algorithm };
        Assert.Equal(commands, await CommandsAsync(() =>
        {
            AcquireTenTimes(policy);
            return Task.CompletedTask;
        }));
    }

    [Fact]
    public async Task Several_rates_of_a_policy_are_one_key()
    {
        var policy = RateLimitPolicy.Parse("counted", "10/s; 100/m; 1000/h");
        Assert.Equal("evalsha 1, get 1, set 1, time 1", await CommandsAsync(() => AcquireAsync(policy, "key").AsTask()));
    }

    // Seen to fail: refusals were not remembered.
    [Fact]
    public async Task A_key_that_is_over_costs_nothing_until_it_is_not()
    {
        var policy = RateLimitPolicy.Parse("counted", "1/h");
        Assert.True((await AcquireAsync(policy, "key")).IsAllowed);
        Assert.False((await AcquireAsync(policy, "key")).IsAllowed);
        Assert.Equal("", await CommandsAsync(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Assert.False((await AcquireAsync(policy, "key")).IsAllowed);
            }
        }));
    }

    // Seen to fail: nobody waited for the call under way.
    [Fact]
    public async Task Callers_of_one_key_share_the_call_after_the_one_under_way()
    {
        var policy = RateLimitPolicy.Parse("counted", "1000/h");
        Assert.Equal("evalsha 2, get 2, set 2, time 2", await CommandsAsync(() => WhileTheServerIsSilentAsync(policy, _ => "key", 64)));
    }

    // Seen to fail: nobody waited for the call under way.
    [Fact]
    public async Task Callers_of_many_keys_share_a_call_as_well()
    {
        // The keys of a server without slots are spread over four ways, and on each the second call is for all who waited.
        var policy = RateLimitPolicy.Parse("counted", "1000/h");
        Assert.Equal(
            "evalsha 8, get 160, set 160, time 8",
            await CommandsAsync(() => WhileTheServerIsSilentAsync(policy, i => FormattableString.Invariant($"tenant-{i}"), 160)));
    }

    // Without awaiting, which would be to wait as long as a leaky bucket says.
    private void AcquireTenTimes(RateLimitPolicy policy)
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.True(_limiter!.Acquire(policy, "key").IsAllowed);
        }
    }

    private async Task WhileTheServerIsSilentAsync(RateLimitPolicy policy, Func<int, string> key, int callers)
    {
        _server!.Suspend();
        var calls = Enumerable.Range(0, callers).Select(i => AcquireAsync(policy, key(i)).AsTask()).ToArray();
        _server.Resume();
        Assert.All(await Task.WhenAll(calls), decision => Assert.True(decision.IsAllowed && !decision.IsDegraded));
    }

    private async Task<string> CommandsAsync(Func<Task> act)
    {
        var before = await _server!.CommandsAsync();
        await act();
        var after = await _server.CommandsAsync();
        return string.Join(", ", after.Keys
            .Where(name => !Uncounted.Contains(name.Split('|')[0], StringComparer.Ordinal))
            .Select(name => (Name: name, Times: after[name] - before.GetValueOrDefault(name)))
            .Where(command => command.Times > 0)
            .OrderBy(command => command.Name, StringComparer.Ordinal)
            .Select(command => FormattableString.Invariant($"{command.Name} {command.Times}")));
    }

    private ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, string key) =>
        _limiter!.AcquireAsync(policy, key, cancellationToken: TestContext.Current.CancellationToken);
}
