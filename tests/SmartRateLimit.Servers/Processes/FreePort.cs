using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SmartRateLimit.Servers.Processes;

/// <summary>
/// Ports that nobody listens on now, below those that the system hands to outgoing connections, so that a server can be
/// restarted on its port; the port 10000 above, where a cluster's nodes talk, is free as well.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Last = 22_000;
    private const int BusOffset = 10_000;

    private static readonly HashSet<int> Handed = [];

    public static int Next()
    {
        lock (Handed)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(First, Last);
                if (IsFree(port) && IsFree(port + BusOffset) && Handed.Add(port))
                {
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
