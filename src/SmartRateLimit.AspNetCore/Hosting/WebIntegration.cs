using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartRateLimit.AspNetCore.Answers;
using SmartRateLimit.AspNetCore.Endpoints;
using SmartRateLimit.AspNetCore.Options;
using SmartRateLimit.Hosting;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>What <c>AddSmartRateLimit</c> adds in an application that has this package, also when it forgets the middleware.</summary>
internal sealed class WebIntegration : IHostIntegration
{
    public void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(RateLimitedApplication)))
        {
            return;
        }

        services.AddLogging();
        services.AddSingleton(new SettingsPart(HttpSection.Key));
        services.AddSingleton<RateLimitedApplication>();
        services.AddSingleton<IStartupFilter, EndpointGuard>();
        services.AddSingleton<MatcherPolicy, EnforcementPolicy>();
        services.AddSingleton<IExceptionHandler, ExceededExceptionHandler>();
    }
}
