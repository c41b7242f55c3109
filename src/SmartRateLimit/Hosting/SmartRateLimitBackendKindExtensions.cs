using Microsoft.Extensions.Configuration;
using SmartRateLimit;
using SmartRateLimit.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes backends known to configuration.</summary>
public static class SmartRateLimitBackendKindExtensions
{
    /// <summary>
    /// Makes a kind of backend known to the configuration of the limiter, which can then list it in <c>Backends</c>, or
    /// choose it by its own section alone: <c>SmartRateLimit:</c> and the kind. Packages that bring a backend call it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="kind">The kind's name, such as <c>redis</c>; in configuration in any case.</param>
    /// <param name="use">
    /// Registers the backend with options, as code would. It is given the section of the kind, which may be empty, and
    /// throws <see cref="FormatException"/> or <see cref="ArgumentException"/> to say what is wrong with it; it may run again when configuration changes.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRateLimitBackendKind(this IServiceCollection services, string kind, Action<SmartRateLimitOptions, IConfigurationSection> use)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(use);
        return services.AddSingleton(new BackendKind(kind, use)).AddSingleton(new SettingsPart(kind));
    }
}
