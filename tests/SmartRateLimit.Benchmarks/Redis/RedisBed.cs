using System.Diagnostics;
using System.Globalization;
using SmartRateLimit.Redis;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Benchmarks.Redis;

/// <summary>A server of its own, and one connection that the limiter and its references share.</summary>
internal sealed class RedisBed : IAsyncDisposable
{
    private const int Keys = 10_000;
    private const string Prefix = "srl:bench";

    private readonly RedisServer _server;
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly RedisBackend _backend;
    private readonly SmartRateLimiter _limiter;
    private readonly BareScript _minimal;
    private readonly BareScript _shipped;
    private readonly string[] _keys = [.. Enumerable.Range(0, Keys).Select(i => FormattableString.Invariant($"tenant-{i}"))];
    private readonly string[] _minimalKeys;
    private readonly string[] _shippedKeys;

    private RedisBed(RedisServer server, ConnectionMultiplexer multiplexer)
    {
        (_server, _multiplexer) = (server, multiplexer);

        // The machine is busy by intent, so the time budget is a wide one.
        _backend = new RedisBackend(multiplexer, new RedisBackendOptions { KeyPrefix = Prefix, Timeout = TimeSpan.FromSeconds(10) });
        _limiter = new SmartRateLimiter(_backend);
        _minimal = BareScript.MinimalOn(multiplexer.GetDatabase());
        _shipped = BareScript.ShippedOn(multiplexer.GetDatabase(), Wide);
        _minimalKeys = [.. _keys.Select(key => $"{Prefix}:{{000}}:mini:{key}")];
        _shippedKeys = [.. _keys.Select(key => $"{Prefix}:{{000}}:bare:{key}")];
    }

    private static RateLimitPolicy Wide { get; } = RateLimitPolicy.Parse("wide", "1_000_000_000/s");

    private static RateLimitPolicy Narrow { get; } = RateLimitPolicy.Parse("narrow", "1/w");

    public static async Task<RedisBed> StartAsync()
    {
        var server = await RedisServer.StartAsync();
        var bed = new RedisBed(server, await ConnectionMultiplexer.ConnectAsync(server.EndPoint + ",syncTimeout=10000"));
        await bed._minimal.LoadAsync();
        await bed._shipped.LoadAsync();
        return bed;
    }

    public ValueTask<bool> MinimalAsync(int key) => _minimal.AcquireAsync(_minimalKeys[key]);

    public ValueTask<bool> ShippedAsync(int key) => _shipped.AcquireAsync(_shippedKeys[key]);

    public ValueTask<bool> LimiterAsync(int key) => AcquireAsync(Wide, key);

    /// <summary>Asks for a bucket that is over from the first time on.</summary>
    public ValueTask<bool> RefusedAsync() => AcquireAsync(Narrow, 0);

    public static int AnyKey() => Random.Shared.Next(Keys);

    /// <summary>How often scripts were asked for so far.</summary>
    public Task<long> ScriptCallsAsync() => _server.ScriptCallsAsync();

    /// <summary>What the server itself can do with the minimal script, as its own tool says.</summary>
    /// <returns>Scripts per second, or 0 where the tool is missing.</returns>
    public async Task<double> CeilingAsync(int pipeline)
    {
        var start = new ProcessStartInfo("redis-benchmark") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (IEnumerable<string>)["-p", Text(_server.Port), "-c", "64", "-n", "60000", "-P", Text(pipeline), "--csv", .. _minimal.Command(_minimalKeys[0])])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return double.Parse(lines[^1].Split("\",\"")[1].Trim('"'), CultureInfo.InvariantCulture);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        await _multiplexer.CloseAsync();
        _multiplexer.Dispose();
        _server.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private ValueTask<bool> AcquireAsync(RateLimitPolicy policy, int key)
    {
        var pending = _limiter.AcquireAsync(policy, _keys[key]);
        return pending.IsCompletedSuccessfully ? new(Admitted(pending.Result)) : AwaitAsync(pending);

        static async ValueTask<bool> AwaitAsync(ValueTask<RateLimitDecision> pending) => Admitted(await pending.ConfigureAwait(false));
    }

    private static bool Admitted(RateLimitDecision decision) =>
        !decision.IsDegraded ? decision.IsAllowed : throw new InvalidOperationException("The store did not decide, so nothing was measured.");
}
