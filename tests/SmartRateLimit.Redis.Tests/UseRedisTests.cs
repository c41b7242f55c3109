using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests;

public sealed class UseRedisTests(RedisServerFixture fixture)
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "5/w");

    public enum Way
    {
        Text,
        Options,
        Multiplexer,
        Service,
    }

    [Theory]
    [InlineData(Way.Text)]
    [InlineData(Way.Options)]
    [InlineData(Way.Multiplexer)]
    [InlineData(Way.Service)]
    public async Task Two_hosts_with_one_prefix_hold_one_limit(Way way)
    {
        var prefix = RedisServerFixture.NewPrefix();
        using var one = Host(way, prefix);
        using var other = Host(way, prefix);
        var admitted = 0;
        foreach (var limiter in (IRateLimiter[])[one.Services.GetRequiredService<IRateLimiter>(), other.Services.GetRequiredService<IRateLimiter>()])
        {
            for (var i = 0; i < 4; i++)
            {
                var decision = await limiter.AcquireAsync(Policy, "key", 1, TestContext.Current.CancellationToken);
                Assert.False(decision.IsDegraded);
                admitted += decision.IsAllowed ? 1 : 0;
            }
        }

        Assert.Equal(5, admitted);
    }

    [Fact]
    public void Applications_with_different_prefixes_share_nothing()
    {
        foreach (var prefix in (string[])[RedisServerFixture.NewPrefix(), RedisServerFixture.NewPrefix()])
        {
            using var host = Host(Way.Multiplexer, prefix);
            var limiter = host.Services.GetRequiredService<IRateLimiter>();
            for (var i = 0; i < 5; i++)
            {
                Assert.True(limiter.Acquire(Policy, "key").IsAllowed);
            }
        }
    }

    // Seen to fail: only the settings of the backend itself were asked for a prefix.
    [Theory]
    [InlineData("", true)]
    [InlineData(":own", false)]
    public async Task The_prefix_of_the_application_is_that_of_its_keys_unless_the_backend_has_its_own(string own, bool isShared)
    {
        var prefix = RedisServerFixture.NewPrefix();
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSmartRateLimit(options =>
        {
            options.KeyPrefix = prefix;
            options.UseRedis(fixture.Multiplexer, redis =>
            {
                if (own.Length > 0)
                {
                    redis.KeyPrefix = prefix + own;
                }
            });
        });
        using var host = builder.Build();
        var decision = await host.Services.GetRequiredService<IRateLimiter>().AcquireAsync(Policy, "key", 1, TestContext.Current.CancellationToken);
        Assert.False(decision.IsDegraded);
        Assert.Equal(isShared, await fixture.Multiplexer.GetDatabase().KeyExistsAsync(Keys.BucketKey.Format(prefix, "policy", "key")));
        Assert.Equal(!isShared, await fixture.Multiplexer.GetDatabase().KeyExistsAsync(Keys.BucketKey.Format(prefix + ":own", "policy", "key")));
    }

    [Fact]
    public async Task A_server_that_evicts_any_key_and_a_patient_multiplexer_are_warned_of()
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions
        {
            Settings = new Dictionary<string, string> { ["maxmemory"] = "100mb", ["maxmemory-policy"] = "allkeys-lru" },
        });
        using var multiplexer = await RedisServerFixture.ConnectAsync(server.EndPoint + ",syncTimeout=5000");
        using var log = new Log();
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSmartRateLimit(options => options.UseRedis(multiplexer));
        using var host = builder.Build();
        host.Services.GetRequiredService<IRateLimiter>();
        await Eventually.HoldsAsync(
            () => Task.FromResult(log.Messages.Any(message => message.Contains("allkeys", StringComparison.Ordinal))
                && log.Messages.Any(message => message.Contains("5000 ms", StringComparison.Ordinal))),
            TimeSpan.FromSeconds(10),
            "both warnings are logged");
    }

    [Theory]
    [InlineData("password=secret")]
    [InlineData(",")]
    public void A_configuration_without_a_server_is_refused_where_it_is_written(string configuration)
    {
        var error = Assert.Throws<ArgumentException>(() => new SmartRateLimitOptions().UseRedis(configuration));
        Assert.Contains("host:6379", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_fails_is_written_to_the_hosts_log()
    {
        using var server = await RedisServer.StartAsync();
        using var log = new Log();
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSmartRateLimit(options => options.UseRedis(server.ConnectionString));
        using var host = builder.Build();
        var limiter = host.Services.GetRequiredService<IRateLimiter>();
        server.Kill();
        await Eventually.HoldsAsync(
            async () =>
            {
                _ = await limiter.AcquireAsync(Policy, "key", 1, TestContext.Current.CancellationToken);
                return log.Messages.Any(message => message.Contains("failure modes decide", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(10),
            "the outage is logged");
    }

    private IHost Host(Way way, string prefix)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(fixture.Multiplexer);
        builder.Services.AddSmartRateLimit(options => _ = way switch
        {
            Way.Text => options.UseRedis(fixture.Server.ConnectionString, Configure),
            Way.Options => options.UseRedis(ConfigurationOptions.Parse(fixture.Server.ConnectionString), Configure),
            Way.Service => options.UseRedis(services => services.GetRequiredService<IConnectionMultiplexer>(), Configure),
            _ => options.UseRedis(fixture.Multiplexer, Configure),
        });
        return builder.Build();

        void Configure(RedisBackendOptions redis) => (redis.KeyPrefix, redis.Timeout) = (prefix, TimeSpan.FromSeconds(10));
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
