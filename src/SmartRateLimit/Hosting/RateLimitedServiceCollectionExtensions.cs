using System.Diagnostics.CodeAnalysis;
using SmartRateLimit;
using SmartRateLimit.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers services behind the decorators that are generated for <c>[RateLimited]</c> interfaces.</summary>
public static class RateLimitedServiceCollectionExtensions
{
    /// <summary>
    /// Puts the generated decorator of <typeparamref name="TService"/> in front of <typeparamref name="TImplementation"/>.
    /// A service that is registered already, by its type, a factory or a typed <c>HttpClient</c>, keeps its registration
    /// and lifetime; otherwise the implementation is registered with <paramref name="lifetime"/>. The limiter is the
    /// registered <see cref="IRateLimiter"/>, or <see cref="SmartRateLimiter.Shared"/> without one.
    /// </summary>
    /// <typeparam name="TService">An interface with <c>[RateLimited]</c> on it or on its members.</typeparam>
    /// <typeparam name="TImplementation">The implementation to limit.</typeparam>
    /// <param name="services">The services. Register what is to be wrapped before this call.</param>
    /// <param name="lifetime">The lifetime of an implementation that is not registered yet.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">Nothing was generated for <typeparamref name="TService"/>.</exception>
    public static IServiceCollection AddRateLimited<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Transient)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        return new DecoratedRegistration<TService, TImplementation>(services, null, isKeyed: false).Add(lifetime);
    }

    /// <summary>Does the same for the service of a key: see <see cref="AddRateLimited{TService, TImplementation}"/>.</summary>
    /// <typeparam name="TService">An interface with <c>[RateLimited]</c> on it or on its members.</typeparam>
    /// <typeparam name="TImplementation">The implementation to limit.</typeparam>
    /// <param name="services">The services. Register what is to be wrapped before this call.</param>
    /// <param name="serviceKey">The key of the service.</param>
    /// <param name="lifetime">The lifetime of an implementation that is not registered yet.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">Nothing was generated for <typeparamref name="TService"/>.</exception>
    public static IServiceCollection AddKeyedRateLimited<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services, object? serviceKey, ServiceLifetime lifetime = ServiceLifetime.Transient)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        return new DecoratedRegistration<TService, TImplementation>(services, serviceKey, isKeyed: true).Add(lifetime);
    }
}
