using System.Globalization;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.Servers.Redis;

/// <summary>A master, its replica, and three sentinels that watch over them.</summary>
public sealed class RedisSentinel : IDisposable
{
    private static readonly TimeSpan FormLimit = TimeSpan.FromSeconds(30);

    private readonly List<RedisServer> _stores = [];
    private readonly List<RedisServer> _sentinels = [];

    private RedisSentinel()
    {
    }

    /// <summary>The name under which the sentinels know the master.</summary>
    public static string ServiceName => "limits";

    /// <summary>What a client needs to find the sentinels and, through them, the master.</summary>
    public string ConnectionString => string.Join(',', _sentinels.Select(node => node.EndPoint)) + ",serviceName=" + ServiceName;

    /// <summary>Starts everything and waits until the sentinels know each other and the replica.</summary>
    public static async Task<RedisSentinel> StartAsync()
    {
        var group = new RedisSentinel();
        try
        {
            await group.StartAllAsync();
            return group;
        }
        catch
        {
            group.Dispose();
            throw;
        }
    }

    /// <summary>The store that the sentinels call the master now.</summary>
    public async Task<RedisServer> MasterAsync()
    {
        var address = (await _sentinels[0].SendAsync("SENTINEL", "get-master-addr-by-name", ServiceName))!.Split('\n');
        return _stores.Single(store => store.Port.ToString(CultureInfo.InvariantCulture) == address[1]);
    }

    /// <summary>Has the sentinels promote the replica of a master that is well, and waits until they have.</summary>
    public async Task HandOverAsync()
    {
        var master = await MasterAsync();
        await _sentinels[0].SendAsync("SENTINEL", "FAILOVER", ServiceName);
        await Eventually.HoldsAsync(async () => await MasterAsync() != master, FormLimit, "the sentinels name the replica");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sentinels.ForEach(node => node.Dispose());
        _stores.ForEach(node => node.Dispose());
    }

    private async Task StartAllAsync()
    {
        _stores.Add(await RedisServer.StartAsync());
        _stores.Add(await RedisServer.StartAsync(With(("replicaof", $"127.0.0.1 {_stores[0].Port}"))));
        var watch = With(
            ("sentinel monitor", $"{ServiceName} 127.0.0.1 {_stores[0].Port} 2"),
            ("sentinel down-after-milliseconds", $"{ServiceName} 1000"),
            ("sentinel failover-timeout", $"{ServiceName} 3000"));
        for (var i = 0; i < 3; i++)
        {
            _sentinels.Add(await RedisServer.StartAsync(watch with { IsSentinel = true }));
        }

        await Eventually.HoldsAsync(IsWatchedAsync, FormLimit, "the sentinels know each other and the replica");
    }

    private async Task<bool> IsWatchedAsync()
    {
        foreach (var sentinel in _sentinels)
        {
            var info = await sentinel.SendAsync("INFO", "sentinel");
            if (!info!.Contains("status=ok", StringComparison.Ordinal)
                || !info.Contains("slaves=1,sentinels=3", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static RedisServerOptions With(params (string Name, string Value)[] settings) =>
        new() { Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };
}
