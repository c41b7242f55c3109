using SmartRateLimit;
using SmartRateLimit.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Finds what the registered limiter consists of.</summary>
public static class SmartRateLimitServiceProviderExtensions
{
    /// <summary>
    /// A backend of the registered limiter, to watch it or to ask it what only its own type can tell. It stays the
    /// limiter's: do not dispose it.
    /// </summary>
    /// <param name="services">The application's services, with <c>AddSmartRateLimit</c> among them.</param>
    /// <param name="name">The name that it was registered under, such as <c>redis</c>.</param>
    /// <returns>The backend.</returns>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    /// <exception cref="InvalidOperationException"><c>AddSmartRateLimit</c> was not called.</exception>
    public static IRateLimitBackend GetRateLimitBackend(this IServiceProvider services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        var host = services.GetService<LimiterHost>()
            ?? throw new InvalidOperationException("There is no limiter among these services; call services.AddSmartRateLimit() first.");
        return host.Backends.Find(name)
            ?? throw new ArgumentException($"There is no backend \"{name}\"; registered are {host.Backends.Names}.", nameof(name));
    }
}
