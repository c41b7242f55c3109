using System.Net;
using System.Net.Sockets;

namespace SmartRateLimit.Servers.Network;

/// <summary>One client's connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class ProxyConnection(FaultProxy proxy, Socket client, int target) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private volatile bool _isClosed;

    public async Task RunAsync()
    {
        try
        {
            client.NoDelay = true;
            _server.NoDelay = true;
            await ConnectAsync();
            await Task.WhenAny(PumpAsync(client, _server, isReply: false), PumpAsync(_server, client, isReply: true));
        }
        catch (SocketException)
        {
            // The server is down: the client sees its connection reset.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes both sides with RST.</summary>
    public void Dispose()
    {
        _isClosed = true;
        proxy.Forget(this);
        Abort(client);
        Abort(_server);
        _server.Dispose();
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    // A connection made into a black hole is accepted by the network and then hears nothing.
    private async Task ConnectAsync()
    {
        while (proxy.Mode == ProxyMode.BlackHole && !_isClosed)
        {
            await Task.Delay(Pause);
        }

        await _server.ConnectAsync(IPAddress.Loopback, target);
    }

    private async Task PumpAsync(Socket from, Socket to, bool isReply)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (var read = await from.ReceiveAsync(buffer); read > 0; read = await from.ReceiveAsync(buffer))
            {
                if (isReply && proxy.Delay > TimeSpan.Zero)
                {
                    await Task.Delay(proxy.Delay);
                }

                // What is dropped on a network is sent again once it can pass, so nothing that TCP carries is ever skipped.
                while (!Passes(isReply) && !_isClosed)
                {
                    await Task.Delay(Pause);
                }

                var admitted = isReply ? proxy.Admit(read) : read;
                await SendAsync(to, buffer.AsMemory(0, admitted));
                if (admitted < read)
                {
                    proxy.ResetAll();
                    return;
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other goes as well.
        }
    }

    private bool Passes(bool isReply) => proxy.Mode switch
    {
        ProxyMode.BlackHole => false,
        ProxyMode.CutRequests => isReply,
        ProxyMode.CutReplies => !isReply,
        _ => true,
    };

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }
}
