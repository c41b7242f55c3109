using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>What the events of one multiplexer tell: whether its credentials are refused, and whether it faces a cluster, whose slots may move.</summary>
internal sealed class MultiplexerWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IConnectionMultiplexer _multiplexer;
    private volatile bool _isRefused;
    private bool? _isCluster;
    private int _moves;

    public MultiplexerWatch(IConnectionMultiplexer multiplexer)
    {
        _multiplexer = multiplexer;
        multiplexer.ConnectionFailed += Failed;
        multiplexer.ConnectionRestored += Restored;
        multiplexer.HashSlotMoved += Moved;
    }

    /// <summary>Whether no connection was made since one failed because of its credentials. The driver then only says that there is none.</summary>
    public bool IsRefused => _isRefused;

    public bool IsSingleSlot => IsCluster == false;

    public CommandFlags Route => IsCluster == true ? CommandFlags.PreferMaster : CommandFlags.DemandMaster;

    private bool? IsCluster => _isCluster ??= FindOut();

    /// <summary>Looks no more at a multiplexer that others go on using.</summary>
    public void Stop()
    {
        _multiplexer.ConnectionFailed -= Failed;
        _multiplexer.ConnectionRestored -= Restored;
        _multiplexer.HashSlotMoved -= Moved;
    }

    private void Failed(object? sender, ConnectionFailedEventArgs failure) =>
        _isRefused |= failure.FailureType == ConnectionFailureType.AuthenticationFailure;

    private void Restored(object? sender, ConnectionFailedEventArgs restored) => _isRefused = false;

    // Who moves a slot may have become a master, and the driver asks who is one no more than once a minute.
    private void Moved(object? sender, HashSlotMovedEventArgs move)
    {
        if (Interlocked.Increment(ref _moves) == 1)
        {
            _ = Task.Run(LookAgainAsync);
        }
    }

    private async Task LookAgainAsync()
    {
        for (var (seen, isLast) = (0, false); !isLast; isLast = Interlocked.CompareExchange(ref _moves, 0, seen) == seen)
        {
            seen = Volatile.Read(ref _moves);
            await LookAsync().ConfigureAwait(false);

            // Not every server has heard of it at once.
            await Task.Delay(Pause).ConfigureAwait(false);
            await LookAsync().ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody waits for it, and calls are sent on to the right server all the same, which takes a step more.")]
    private async Task LookAsync()
    {
        try
        {
            _ = await _multiplexer.ConfigureAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
        }
    }

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
