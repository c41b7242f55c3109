using SmartRateLimit.Redis.Tests;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisServerFixture))]

namespace SmartRateLimit.Redis.Tests;

/// <summary>One server that all tests share which do no harm to it; each uses a prefix of its own.</summary>
public sealed class RedisServerFixture : IAsyncLifetime
{
    private RedisServer? _server;
    private ConnectionMultiplexer? _multiplexer;

    public RedisServer Server => _server!;

    public IConnectionMultiplexer Multiplexer => _multiplexer!;

    public static string NewPrefix() => "test-" + Guid.NewGuid().ToString("N")[..12];

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _multiplexer = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint + ",syncTimeout=10000,allowAdmin=true");
    }

    public ValueTask DisposeAsync()
    {
        _multiplexer?.Dispose();
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
