using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRateLimit.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Soak;

/// <summary>Nodes of an application that share a store, and one that has several backends and a settings file.</summary>
internal sealed class Application : IAsyncDisposable
{
    public const int Nodes = 3;
    public const int MaxKeys = 10_000;

    private readonly string _settings = Path.Combine(Directory.CreateTempSubdirectory("soak").FullName, "settings.json");
    private readonly List<ConnectionMultiplexer> _multiplexers = [];
    private readonly IHost _host;

    public Application(string endPoint)
    {
        WriteSettings("""{ "SmartRateLimit": { "Policies": { "configured": { "Rate": "50/s" } } } }""");
        Remote = [.. Enumerable.Range(0, Nodes).Select(node => NewBackend(endPoint, $"node {node}"))];
        Primary = NewBackend(endPoint, "primary");
        Multi = new MultiBackend([Primary, new MemoryBackend(new MemoryBackendOptions { MaxKeys = MaxKeys })]);
        Memory = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { MaxKeys = MaxKeys, TimeProvider = Time }));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddJsonFile(_settings, optional: false, reloadOnChange: true);
        builder.Services.AddSmartRateLimit(options => options.UseMemory());
        _host = builder.Build();
        Configured = _host.Services.GetRequiredService<IRateLimiter>();
    }

    /// <summary>One backend a node, all on one store.</summary>
    public RemoteBackend[] Remote { get; }

    public MultiBackend Multi { get; }

    public SmartRateLimiter Memory { get; }

    /// <summary>The clock of <see cref="Memory"/>.</summary>
    public SteppedTime Time { get; } = new();

    /// <summary>A limiter whose policy "configured" comes from the settings file.</summary>
    public IRateLimiter Configured { get; }

    private RemoteBackend Primary { get; }

    /// <summary>Writes the settings as an editor would, whatever they are.</summary>
    public void WriteSettings(string text) => File.WriteAllText(_settings, text);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Multi.DisposeAsync();
        await Primary.DisposeAsync();
        foreach (var remote in Remote)
        {
            await remote.DisposeAsync();
        }

        foreach (var multiplexer in _multiplexers)
        {
            multiplexer.Dispose();
        }

        Directory.Delete(Path.GetDirectoryName(_settings)!, recursive: true);
    }

    private RedisBackend NewBackend(string endPoint, string name)
    {
        var multiplexer = ConnectionMultiplexer.Connect($"{endPoint},abortConnect=false,connectTimeout=1000,connectRetry=1");
        _multiplexers.Add(multiplexer);
        return new RedisBackend(multiplexer, new RedisBackendOptions { Name = name, KeyPrefix = "soak", MaxLocalKeys = MaxKeys });
    }
}
