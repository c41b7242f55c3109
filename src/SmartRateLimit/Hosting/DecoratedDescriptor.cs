using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.Hosting;

/// <summary>A service behind its decorator; one that is limited already is not limited again.</summary>
internal sealed class DecoratedDescriptor : ServiceDescriptor
{
    public DecoratedDescriptor(Type service, Func<IServiceProvider, object> make, ServiceLifetime lifetime)
        : base(service, make, lifetime)
    {
    }

    public DecoratedDescriptor(Type service, object? key, Func<IServiceProvider, object> make, ServiceLifetime lifetime)
        : base(service, key, (provider, _) => make(provider), lifetime)
    {
    }
}
