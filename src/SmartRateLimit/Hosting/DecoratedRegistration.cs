using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.Hosting;

/// <summary>
/// Moves the registration of a service behind its decorator. The container goes on making and disposing what is wrapped,
/// with its lifetime, under a key that nobody else has.
/// </summary>
/// <param name="services">The services.</param>
/// <param name="serviceKey">The key of the service.</param>
/// <param name="isKeyed">Whether the service has a key at all.</param>
internal sealed class DecoratedRegistration<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
    IServiceCollection services, object? serviceKey, bool isKeyed)
    where TService : class
    where TImplementation : class, TService
{
    public IServiceCollection Add(ServiceLifetime lifetime)
    {
        var decorate = RateLimitDecorators.Find<TService>() ?? throw new InvalidOperationException(
            $"There is no decorator for {typeof(TService)}: put [RateLimited] on the interface or on its members, in a project that references the SmartRateLimit package. "
            + "For a generic interface, the call must name its type arguments.");

        var place = LastOf(typeof(TService));
        if (place >= 0)
        {
            var registered = services[place];
            if (registered is DecoratedDescriptor)
            {
                return services;
            }

            services[place] = Decorator(registered.Lifetime, decorate, Hide(registered));
        }
        else if (LastOf(typeof(TImplementation)) is >= 0 and var own)
        {
            services.Add(Decorator(services[own].Lifetime, decorate, Itself));
        }
        else
        {
            services.Add(Decorator(lifetime, decorate, Hide(Describe(lifetime))));
        }

        return services;
    }

    private int LastOf(Type type)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == type && services[i].IsKeyedService == isKeyed && (!isKeyed || Equals(services[i].ServiceKey, serviceKey)) && IsOurs(services[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A factory says nothing about what it makes, so it is taken for what the caller means.</summary>
    private static bool IsOurs(ServiceDescriptor descriptor)
    {
        var (type, instance) = descriptor.IsKeyedService
            ? (descriptor.KeyedImplementationType, descriptor.KeyedImplementationInstance)
            : (descriptor.ImplementationType, descriptor.ImplementationInstance);
        return (type ?? instance?.GetType()) is not { } made || typeof(TImplementation).IsAssignableFrom(made);
    }

    private ServiceDescriptor Describe(ServiceLifetime lifetime) => isKeyed
        ? ServiceDescriptor.DescribeKeyed(typeof(TService), serviceKey, typeof(TImplementation), lifetime)
        : ServiceDescriptor.Describe(typeof(TService), typeof(TImplementation), lifetime);

    /// <summary>Registers what a descriptor makes under a key of its own.</summary>
    /// <returns>What gets it.</returns>
    private Func<IServiceProvider, TService> Hide(ServiceDescriptor descriptor)
    {
        if (descriptor.IsKeyedService && descriptor.KeyedImplementationType is not null)
        {
            // Its constructor may ask for the key, so that must stay.
            services.Add(ServiceDescriptor.DescribeKeyed(typeof(TImplementation), serviceKey, typeof(TImplementation), descriptor.Lifetime));
            return Itself;
        }

        var hidden = new HiddenKey(typeof(TService));
        services.Add(Copy(descriptor, hidden));
        return provider => provider.GetRequiredKeyedService<TService>(hidden);
    }

    private static ServiceDescriptor Copy(ServiceDescriptor descriptor, HiddenKey hidden)
    {
        if (descriptor.IsKeyedService)
        {
            var key = descriptor.ServiceKey;
            return descriptor.KeyedImplementationFactory is { } make
                ? new ServiceDescriptor(typeof(TService), hidden, (provider, _) => make(provider, key), descriptor.Lifetime)
                : new ServiceDescriptor(typeof(TService), hidden, descriptor.KeyedImplementationInstance!);
        }

        return descriptor switch
        {
            { ImplementationFactory: { } make } => new ServiceDescriptor(typeof(TService), hidden, (provider, _) => make(provider), descriptor.Lifetime),
            { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(TService), hidden, instance),
            _ => new ServiceDescriptor(typeof(TService), hidden, descriptor.ImplementationType!, descriptor.Lifetime),
        };
    }

    private TService Itself(IServiceProvider provider) => isKeyed
        ? provider.GetRequiredKeyedService<TImplementation>(serviceKey)
        : provider.GetRequiredService<TImplementation>();

    private DecoratedDescriptor Decorator(ServiceLifetime lifetime, Func<TService, IRateLimiter?, TService> decorate, Func<IServiceProvider, TService> inner)
    {
        TService Make(IServiceProvider provider) => decorate(inner(provider), provider.GetService<IRateLimiter>());
        return isKeyed
            ? new DecoratedDescriptor(typeof(TService), serviceKey, Make, lifetime)
            : new DecoratedDescriptor(typeof(TService), Make, lifetime);
    }

    /// <summary>A key that equals nothing else.</summary>
    private sealed class HiddenKey(Type service)
    {
        public override string ToString() => "what the rate limit of " + service + " wraps";
    }
}
