using SmartRateLimit.Redis.Tests;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisServerFixture))]

namespace SmartRateLimit.Redis.Tests;

/// <summary>One server that all tests share which do no harm to it; each uses a prefix of its own.</summary>
public sealed class RedisServerFixture : IAsyncLifetime
{
    /// <summary>Callers who block must leave threads to the driver, which reads replies on the pool.</summary>
    private const int Threads = 64;

    private RedisServer? _server;
    private ConnectionMultiplexer? _multiplexer;

    public RedisServer Server => _server!;

    public IConnectionMultiplexer Multiplexer => _multiplexer!;

    public static string NewPrefix() => "test-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>Connects. The driver goes on with its callers on a thread that it needs back, so they leave it.</summary>
    public static async Task<ConnectionMultiplexer> ConnectAsync(string configuration)
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
        await Task.Yield();
        return multiplexer;
    }

    public async ValueTask InitializeAsync()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        _server = await RedisServer.StartAsync();
        _multiplexer = await ConnectAsync(_server.EndPoint + ",syncTimeout=10000,allowAdmin=true");
    }

    public ValueTask DisposeAsync()
    {
        _multiplexer?.Dispose();
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
