using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SmartRateLimit.Servers.Redis;

/// <summary>A connection of the test's own, apart from the client under test: sends a command, reads its reply.</summary>
public sealed class RedisConsole : IDisposable
{
    private readonly TcpClient _client;
    private readonly BufferedStream _stream;

    private RedisConsole(TcpClient client)
    {
        _client = client;
        _stream = new BufferedStream(client.GetStream());
    }

    /// <summary>Connects to a server on this machine.</summary>
    public static async Task<RedisConsole> ConnectAsync(int port, string? password = null)
    {
        var client = new TcpClient { NoDelay = true, ReceiveTimeout = 5_000 };
        await client.ConnectAsync("127.0.0.1", port);
        var console = new RedisConsole(client);
        if (password is not null)
        {
            console.Send("AUTH", password);
        }

        return console;
    }

    /// <summary>Sends a command and reads its reply: a text, a number as text, <see langword="null"/>, or a list of them, joined by line feeds.</summary>
    /// <exception cref="InvalidOperationException">The server answered with an error.</exception>
    public string? Send(params string[] command)
    {
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var part in command)
        {
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        }

        _stream.Write(Encoding.UTF8.GetBytes(request.ToString()));
        _stream.Flush();
        return ReadReply();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private string? ReadReply()
    {
        var line = ReadLine();
        var rest = line[1..];
        return line[0] switch
        {
            '+' or ':' => rest,
            '-' => throw new InvalidOperationException(rest),
            '$' => ReadText(int.Parse(rest, CultureInfo.InvariantCulture)),
            _ => string.Join('\n', Enumerable.Range(0, int.Parse(rest, CultureInfo.InvariantCulture)).Select(_ => ReadReply())),
        };
    }

    private string? ReadText(int length)
    {
        if (length < 0)
        {
            return null;
        }

        var bytes = new byte[length + 2];
        _stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var read = _stream.ReadByte(); read != '\r'; read = _stream.ReadByte())
        {
            line.Append(read >= 0 ? (char)read : throw new IOException("The server closed the connection."));
        }

        _stream.ReadByte();
        return line.ToString();
    }
}
