using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRateLimit;
using SmartRateLimit.Hosting;
using SmartRateLimit.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the limiter.</summary>
public static class SmartRateLimitServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IRateLimiter"/> as a singleton, in memory unless <paramref name="configure"/> says otherwise.
    /// A host makes it <see cref="SmartRateLimiter.Shared"/> from its start until it is disposed. The section
    /// <c>SmartRateLimit</c> of the application's configuration, where there is one, replaces what code says; changes
    /// apply while the application runs. Bad settings stop the start. Before the host serves anybody each backend decides
    /// once, for which a start waits at most a second.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the limiter up; several calls add up.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSmartRateLimit(this IServiceCollection services, Action<SmartRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SmartRateLimitOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmartRateLimitOptions>, SmartRateLimitOptionsValidator>());
        AddConfiguration(services);
        services.TryAddSingleton(provider => new LimiterHost(provider.GetRequiredService<IOptionsMonitor<SmartRateLimitOptions>>(), Logger(provider), provider));
        services.TryAddSingleton<IRateLimiter>(provider => provider.GetRequiredService<LimiterHost>().Limiter);
        services.TryAddSingleton(provider => new RateLimitHealthCheck(provider.GetRequiredService<LimiterHost>().Backends));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SharedLimiterService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BackendWarmUp>());
        HostIntegration.AddTo(services);
        return services;
    }

    /// <summary>Registers the limiter as <see cref="AddSmartRateLimit(IServiceCollection, Action{SmartRateLimitOptions})"/> does, configured by a section of its own.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section to read; of a whole configuration, its section <c>SmartRateLimit</c>. The last one given counts.</param>
    /// <param name="configure">Sets the limiter up; several calls add up.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSmartRateLimit(this IServiceCollection services, IConfiguration configuration, Action<SmartRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSmartRateLimit(configure);
        return services.AddSingleton(new GivenConfiguration(configuration));
    }

    private static void AddConfiguration(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ConfigurationSource(provider.GetServices<GivenConfiguration>(), provider.GetService<IConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SmartRateLimitOptions>, ApplyConfiguration>(
            provider => new ApplyConfiguration(provider.GetRequiredService<ConfigurationSource>(), provider.GetServices<SettingsPart>(), new ConfiguredBackends(provider.GetServices<BackendKind>()), Logger(provider))));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOptionsChangeTokenSource<SmartRateLimitOptions>, ConfigurationChange>());
    }

    private static ILogger Logger(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger(LimiterLog.Category) ?? NullLogger.Instance;
}
