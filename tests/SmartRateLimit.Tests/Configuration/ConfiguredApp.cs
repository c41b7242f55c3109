using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Tests.Configuration;

/// <summary>A service provider whose configuration a test can change.</summary>
internal sealed class ConfiguredApp : IDisposable
{
    private readonly ServiceProvider _services;

    public ConfiguredApp(IConfiguration? configuration = null, Action<SmartRateLimitOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        Configuration = configuration ?? new ConfigurationBuilder().AddInMemoryCollection().Build();
        var services = new ServiceCollection();
        services.AddSingleton(Configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None).AddProvider(Log));
        services.AddSmartRateLimit(configure);
        register?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public IConfiguration Configuration { get; }

    public LogRecorder Log { get; } = new();

    public IServiceProvider Services => _services;

    public IRateLimiter Limiter => _services.GetRequiredService<IRateLimiter>();

    public static ConfiguredApp With(params (string Key, string? Value)[] settings) => new(Settings(settings));

    public static IConfigurationRoot Settings(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("SmartRateLimit:" + setting.Key, setting.Value))).Build();

    public void Change(params (string Key, string? Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            Configuration["SmartRateLimit:" + key] = value;
        }

        ((IConfigurationRoot)Configuration).Reload();
    }

    public long Limit(string policy, string rate = "5/m") => Limiter.Acquire(RateLimitPolicy.Parse(policy, rate), "k", cost: 0).Limit;

    public void Dispose() => _services.Dispose();
}
