using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartRateLimit.Hosting;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>What <c>AddSmartRateLimit</c> adds in an application that has this package, also when it forgets the middleware.</summary>
internal sealed class WebIntegration : IHostIntegration
{
    public void AddTo(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton<RateLimitedApplication>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, EndpointGuard>());
    }
}
