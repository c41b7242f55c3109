using SmartRateLimit.Contract;
using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Redis.Scripts;
using SmartRateLimit.Redis.Tests.Contract;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests;

/// <summary>Makes backends as nodes of an application have them.</summary>
internal static class Nodes
{
    // A bucket that a test's clock leaves untouched must not expire by the server's.
    private static readonly TimeSpan TestTime = TimeSpan.FromHours(1);

    /// <summary>Long enough that a busy machine makes no fault of its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static RedisStore Store(IConnectionMultiplexer multiplexer, string prefix) =>
        new(new GivenConnection(multiplexer), prefix, () => RedisScript.Shipped, TimeSpan.FromSeconds(1));

    /// <summary>A backend on the server's clock.</summary>
    public static RedisBackend On(IConnectionMultiplexer multiplexer, string prefix) =>
        new(multiplexer, new RedisBackendOptions { KeyPrefix = prefix, Timeout = Patience });

    /// <summary>A backend with a connection of its own.</summary>
    public static RedisBackend To(string configuration, string prefix, TimeSpan? timeout = null, Action<RedisBackendOptions>? configure = null)
    {
        var options = new RedisBackendOptions { KeyPrefix = prefix, Timeout = timeout ?? Patience };
        configure?.Invoke(options);
        return new RedisBackend(new OwnedConnection(ConnectionTarget.For(ConfigurationOptions.Parse(configuration), options.Timeout), options.Timeout), options);
    }

    /// <summary>A backend on a test's clock, with a prefix of its own. It remembers no refusals: a node cannot know that the store's clock was stepped.</summary>
    public static RedisBackend Clocked(IConnectionMultiplexer multiplexer, FakeTime time)
    {
        var options = new RedisBackendOptions { KeyPrefix = RedisServerFixture.NewPrefix(), TimeProvider = time, MaxRememberedRefusals = 0 };
        options.CircuitBreaker.FailureThreshold = 1;
        var clock = new StoreClock(time, multiplexer, options.KeyPrefix);
        return new RedisBackend(new RedisStore(new GivenConnection(multiplexer), options.KeyPrefix, clock.Script, TestTime), options);
    }
}
