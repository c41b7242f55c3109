using System.Globalization;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.Servers.Redis;

/// <summary>A real <c>redis-server</c> on a free port of this machine, that keeps nothing on disk.</summary>
public sealed class RedisServer : IDisposable
{
    private const string Statistic = "cmdstat_";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly RedisServerOptions _options;
    private readonly TemporaryDirectory _directory = new();
    private ServerProcess? _process;

    private RedisServer(RedisServerOptions options) => _options = options;

    /// <summary>The port, which a restart keeps.</summary>
    public int Port { get; private set; }

    /// <summary>Host and port.</summary>
    public string EndPoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => _options.Password is null ? EndPoint : $"{EndPoint},password={_options.Password}";

    /// <summary>Whether its process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(RedisServerOptions? options = null)
    {
        var server = new RedisServer(options ?? new RedisServerOptions());
        try
        {
            await server.StartSomewhereAsync();
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

    /// <summary>Starts a killed server again, empty, on the same port.</summary>
    public async Task RestartAsync()
    {
        Kill();
        _process?.Dispose();
        _process = Launch();
        await AnswersAsync();
    }

    /// <summary>Connects to the server.</summary>
    public Task<RedisConsole> ConnectAsync() => RedisConsole.ConnectAsync(Port, _options.Password);

    /// <summary>Sends one command over a connection of its own.</summary>
    public async Task<string?> SendAsync(params string[] command)
    {
        using var console = await ConnectAsync();
        return console.Send(command);
    }

    /// <summary>How often scripts were asked for so far, by hash or by text.</summary>
    public async Task<long> ScriptCallsAsync() =>
        (await CommandsAsync()).Where(command => command.Key.StartsWith("eval", StringComparison.Ordinal)).Sum(command => command.Value);

    /// <summary>How often each command ran so far, in scripts as well.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CommandsAsync() => (await SendAsync("INFO", "commandstats"))!
        .Split("\r\n")
        .Where(line => line.StartsWith(Statistic, StringComparison.Ordinal))
        .ToDictionary(
            line => line[Statistic.Length..line.IndexOf(':', StringComparison.Ordinal)],
            line => long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        _directory.Dispose();
    }

    private async Task StartSomewhereAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Next();
            _process = Launch();
            try
            {
                await AnswersAsync();
                return;
            }
            catch (TimeoutException) when (_process.HasExited && attempt < 5)
            {
                // Somebody else took the port between the look and the start.
                _process.Dispose();
            }
        }
    }

    private Task AnswersAsync() => Eventually.HoldsAsync(
        async () => _process!.HasExited || await SendAsync("PING") == "PONG",
        StartLimit,
        $"redis-server on {EndPoint} answers").ContinueWith(
            async answered =>
            {
                await answered;
                if (_process!.HasExited)
                {
                    throw new TimeoutException($"redis-server ended: {await File.ReadAllTextAsync(Path.Combine(_directory.Path, "output.log"))}");
                }
            },
            TaskScheduler.Default).Unwrap();

    private ServerProcess Launch()
    {
        // A sentinel rewrites its file, and so does a cluster's node; every start begins with a fresh one.
        var file = Path.Combine(_directory.Path, "redis.conf");
        File.WriteAllLines(file, Configuration());
        return ServerProcess.Start(
            Programs.Find("redis-server", "redis-server"),
            _options.IsSentinel ? [file, "--sentinel"] : [file],
            _directory.Path);
    }

    private IEnumerable<string> Configuration()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"port {Port}");
        yield return "bind 127.0.0.1";
        yield return "daemonize no";
        if (!_options.IsSentinel)
        {
            yield return "save \"\"";
            yield return "appendonly no";
            yield return "repl-diskless-sync-delay 0";
        }

        if (_options.Password is { } password)
        {
            yield return $"requirepass {password}";
            yield return $"masterauth {password}";
        }

        foreach (var (name, value) in _options.Settings)
        {
            yield return $"{name} {value}";
        }
    }
}
