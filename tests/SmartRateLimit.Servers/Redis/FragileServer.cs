using SmartRateLimit.Servers.Network;

namespace SmartRateLimit.Servers.Redis;

/// <summary>A real server behind a proxy, to which an outage happens and then ends.</summary>
public sealed class FragileServer : IDisposable
{
    private static readonly TimeSpan SlowReply = TimeSpan.FromMilliseconds(500);

    private FragileServer(RedisServer server)
    {
        Server = server;
        Proxy = new FaultProxy(server.Port);
    }

    /// <summary>The server.</summary>
    public RedisServer Server { get; }

    /// <summary>What stands between it and its client.</summary>
    public FaultProxy Proxy { get; }

    /// <summary>Host and port for the client.</summary>
    public string EndPoint => Proxy.EndPoint;

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<FragileServer> StartAsync(RedisServerOptions? options = null) => new(await RedisServer.StartAsync(options));

    /// <summary>Lets an outage begin.</summary>
    public async Task BreakAsync(Outage outage)
    {
        switch (outage)
        {
            case Outage.Killed:
                Server.Kill();
                break;
            case Outage.Suspended:
                Server.Suspend();
                break;
            case Outage.Paused:
                await Server.SendAsync("CLIENT", "PAUSE", "600000", "WRITE");
                break;
            case Outage.Slowed:
                Proxy.Delay = SlowReply;
                break;
            case Outage.BlackHoled:
                Proxy.Mode = ProxyMode.BlackHole;
                break;
            case Outage.RepliesCut:
                Proxy.Mode = ProxyMode.CutReplies;
                break;
        }
    }

    /// <summary>Ends it. A killed server begins empty.</summary>
    public async Task MendAsync()
    {
        Proxy.Delay = TimeSpan.Zero;
        Proxy.Mode = ProxyMode.Pass;
        Server.Resume();
        if (Server.IsRunning)
        {
            await Server.SendAsync("CLIENT", "UNPAUSE");
        }
        else
        {
            await Server.RestartAsync();
        }
    }

    /// <summary>How often scripts were asked for so far, by hash or by text.</summary>
    public Task<long> ScriptCallsAsync() => Server.ScriptCallsAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        Proxy.Dispose();
        Server.Dispose();
    }
}
