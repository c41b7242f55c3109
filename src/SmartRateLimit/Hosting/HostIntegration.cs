using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.Hosting;

/// <summary>Services that a package for one kind of host needs as soon as a limiter is registered.</summary>
internal interface IHostIntegration
{
    void AddTo(IServiceCollection services);
}

/// <summary>
/// Finds the web package where the application has it. The core must not refer to ASP.NET, but an application that
/// annotates endpoints and forgets the middleware calls nothing of that package, and has to be told.
/// </summary>
internal static class HostIntegration
{
    public static void AddTo(IServiceCollection services)
    {
        // The name is a literal so that trimming and native compilation see it.
        var type = Type.GetType("SmartRateLimit.AspNetCore.Hosting.WebIntegration, SmartRateLimit.AspNetCore", throwOnError: false);
        if (type is not null && Activator.CreateInstance(type) is IHostIntegration integration)
        {
            integration.AddTo(services);
        }
    }
}
