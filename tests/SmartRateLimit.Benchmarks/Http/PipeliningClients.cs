using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartRateLimit.Benchmarks.Http;

/// <summary>Connections that each send requests in batches and wait for all answers of one before the next.</summary>
internal sealed class PipeliningClients : IDisposable
{
    private const int Clients = 8;

    private readonly Socket[] _sockets;
    private readonly byte[][] _batches;
    private readonly int _depth;
    private readonly int _answerLength;

    public PipeliningClients(int port, int depth)
    {
        _depth = depth;
        _batches = [.. Enumerable.Range(0, Clients).Select(client => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(
            $"GET / HTTP/1.1\r\nHost: localhost\r\n{PlaintextServer.ClientHeader}: client-{client}\r\n\r\n", depth))))];
        _sockets = [.. Enumerable.Range(0, Clients).Select(_ => Connect(port))];
        _answerLength = Probe(_sockets[0], _batches[0].AsSpan(0, _batches[0].Length / depth));
    }

    /// <summary>Sends so many requests and reads their answers.</summary>
    public void Run(int requests)
    {
        var rounds = Math.Max(1, requests / (Clients * _depth));
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < Clients; i++)
            {
                _sockets[i].Send(_batches[i]);
            }

            foreach (var socket in _sockets)
            {
                Receive(socket, _answerLength * _depth);
            }
        }
    }

    /// <summary>What <see cref="Run"/> really sends when it is asked for so many.</summary>
    public int Rounded(int requests) => Math.Max(1, requests / (Clients * _depth)) * Clients * _depth;

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>The length of an answer. The limit is so wide that its figures, and so their digits, stay the same.</summary>
    private static int Probe(Socket socket, ReadOnlySpan<byte> request)
    {
        socket.Send(request);
        var answer = new byte[4096];
        var length = 0;
        while (!answer.AsSpan(0, length).EndsWith("\r\n\r\nok"u8))
        {
            length += socket.Receive(answer.AsSpan(length));
        }

        return answer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8)
            ? length
            : throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(answer, 0, length)}");
    }

    private static void Receive(Socket socket, int length)
    {
        Span<byte> answers = stackalloc byte[16 * 1024];
        for (var left = length; left > 0;)
        {
            var read = socket.Receive(answers[..Math.Min(left, answers.Length)]);
            left -= read > 0 ? read : throw new InvalidOperationException("The server closed a connection.");
        }
    }
}
