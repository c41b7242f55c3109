using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>What the events of one multiplexer tell: whether its credentials are refused, and whether it faces a cluster.</summary>
internal sealed class MultiplexerWatch
{
    private readonly IConnectionMultiplexer _multiplexer;
    private volatile bool _isRefused;
    private bool? _isCluster;

    public MultiplexerWatch(IConnectionMultiplexer multiplexer)
    {
        _multiplexer = multiplexer;
        multiplexer.ConnectionFailed += Failed;
        multiplexer.ConnectionRestored += Restored;
    }

    /// <summary>Whether no connection was made since one failed because of its credentials. The driver then only says that there is none.</summary>
    public bool IsRefused => _isRefused;

    public bool IsSingleSlot => (_isCluster ??= FindOut()) == false;

    /// <summary>Looks no more at a multiplexer that others go on using.</summary>
    public void Stop()
    {
        _multiplexer.ConnectionFailed -= Failed;
        _multiplexer.ConnectionRestored -= Restored;
    }

    private void Failed(object? sender, ConnectionFailedEventArgs failure) =>
        _isRefused |= failure.FailureType == ConnectionFailureType.AuthenticationFailure;

    private void Restored(object? sender, ConnectionFailedEventArgs restored) => _isRefused = false;

    private bool? FindOut()
    {
        foreach (var endpoint in _multiplexer.GetEndPoints())
        {
            var server = _multiplexer.GetServer(endpoint);
            if (server.IsConnected)
            {
                return server.ServerType == ServerType.Cluster;
            }
        }

        return null;
    }
}
