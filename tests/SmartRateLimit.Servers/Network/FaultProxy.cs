using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SmartRateLimit.Servers.Network;

/// <summary>A TCP proxy on the loopback interface between a client and a server, that makes faults on demand.</summary>
public sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<ProxyConnection, bool> _connections = [];
    private readonly int _target;

    /// <summary>Starts a proxy in front of a port of this machine.</summary>
    public FaultProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Host and port for the client.</summary>
    public string EndPoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What passes from now on.</summary>
    public ProxyMode Mode { get; set; }

    /// <summary>How long each reply is held back.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>After so many further bytes of replies every connection is reset; negative means never.</summary>
    internal int ReplyBytesLeft { get; private set; } = -1;

    /// <summary>Connections open now.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Resets every connection with RST, as a crashed machine does; new ones are accepted.</summary>
    public void ResetAll()
    {
        ReplyBytesLeft = -1;
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>
    /// Lets the next request through, and resets every connection after so many bytes of its reply: 0 means that the server
    /// carried the request out and nobody was told.
    /// </summary>
    public void ResetInNextReply(int afterBytes) => ReplyBytesLeft = afterBytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        ResetAll();
        _closing.Dispose();
    }

    /// <summary>How many of some reply bytes pass; fewer than all mean that the connections must be reset.</summary>
    internal int Admit(int replyBytes)
    {
        if (ReplyBytesLeft < 0)
        {
            return replyBytes;
        }

        var admitted = Math.Min(replyBytes, ReplyBytesLeft);
        ReplyBytesLeft -= admitted;
        return admitted;
    }

    internal void Forget(ProxyConnection connection) => _connections.TryRemove(connection, out _);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_closing.Token);
                var connection = new ProxyConnection(this, client, _target);
                _connections[connection] = true;
                _ = connection.RunAsync();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is being disposed.
        }
    }
}
