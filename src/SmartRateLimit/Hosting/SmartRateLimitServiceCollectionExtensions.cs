using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SmartRateLimit;
using SmartRateLimit.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the limiter.</summary>
public static class SmartRateLimitServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IRateLimiter"/> as a singleton, in memory unless <paramref name="configure"/> says otherwise.
    /// A host makes it <see cref="SmartRateLimiter.Shared"/> from its start until it is disposed. Bad settings stop the start.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the limiter up; several calls add up.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSmartRateLimit(this IServiceCollection services, Action<SmartRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SmartRateLimitOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmartRateLimitOptions>, SmartRateLimitOptionsValidator>());
        services.TryAddSingleton<LimiterHost>();
        services.TryAddSingleton<IRateLimiter>(provider => provider.GetRequiredService<LimiterHost>().Limiter);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SharedLimiterService>());
        HostIntegration.AddTo(services);
        return services;
    }
}
