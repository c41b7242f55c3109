using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.Servers.MongoDB;

/// <summary>A <c>mongod</c> of the machine on a free port, with data of its own that end with it.</summary>
public sealed class MongoServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly string _program;
    private ServerProcess? _process;

    private MongoServer(string program) => _program = program;

    /// <summary>The program, where it is on the path; otherwise <see langword="null"/>.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "mongod")).FirstOrDefault(File.Exists);

    /// <summary>The port, which a restart keeps.</summary>
    public int Port { get; private set; }

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"mongodb://127.0.0.1:{Port}");

    /// <summary>Whether its process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">There is no such program.</exception>
    public static async Task<MongoServer> StartAsync()
    {
        var server = new MongoServer(Program ?? throw new InvalidOperationException("There is no mongod on the path."));
        try
        {
            server.Port = FreePort.Next();
            await server.RestartAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process?.Kill();

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Suspend() => _process?.Suspend();

    /// <summary>SIGCONT.</summary>
    public void Resume() => _process?.Resume();

    /// <summary>Starts a killed server again on the same port.</summary>
    public async Task RestartAsync()
    {
        Kill();
        _process?.Dispose();
        _process = ServerProcess.Start(
            _program, ["--port", Port.ToString(CultureInfo.InvariantCulture), "--dbpath", _directory.Path, "--bind_ip", "127.0.0.1"], _directory.Path);
        await Eventually.HoldsAsync(AnswersAsync, StartLimit, "mongod accepts connections");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        _directory.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return true;
    }
}
