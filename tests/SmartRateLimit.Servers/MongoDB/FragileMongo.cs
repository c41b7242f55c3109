using SmartRateLimit.Servers.Network;

namespace SmartRateLimit.Servers.MongoDB;

/// <summary>A <c>mongod</c> behind a proxy, to which an outage happens and then ends.</summary>
public sealed class FragileMongo : IDisposable
{
    private static readonly TimeSpan SlowReply = TimeSpan.FromMilliseconds(500);

    private FragileMongo(MongoServer server)
    {
        Server = server;
        Proxy = new FaultProxy(server.Port);
    }

    /// <summary>The server.</summary>
    public MongoServer Server { get; }

    /// <summary>What stands between it and its client.</summary>
    public FaultProxy Proxy { get; }

    /// <summary>What a client needs, that does not ask the server where else to go.</summary>
    public string ConnectionString => $"mongodb://{Proxy.EndPoint}/?directConnection=true";

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<FragileMongo> StartAsync() => new(await MongoServer.StartAsync());

    /// <summary>Lets an outage begin.</summary>
    public void Break(MongoOutage outage)
    {
        switch (outage)
        {
            case MongoOutage.Killed:
                Server.Kill();
                break;
            case MongoOutage.Suspended:
                Server.Suspend();
                break;
            case MongoOutage.Slowed:
                Proxy.Delay = SlowReply;
                break;
            case MongoOutage.BlackHoled:
                Proxy.Mode = ProxyMode.BlackHole;
                break;
            case MongoOutage.RepliesCut:
                Proxy.Mode = ProxyMode.CutReplies;
                break;
        }
    }

    /// <summary>Ends it.</summary>
    public async Task MendAsync()
    {
        Proxy.Delay = TimeSpan.Zero;
        Proxy.Mode = ProxyMode.Pass;
        Server.Resume();
        if (!Server.IsRunning)
        {
            await Server.RestartAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Proxy.Dispose();
        Server.Dispose();
    }
}
