using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartRateLimit.AspNetCore.Endpoints;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Stops the start of an application that limits endpoints and has no limiter at all. Where there is one, <see cref="EndpointGuard"/> looks.</summary>
internal sealed class ForgottenLimiter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        var services = app.ApplicationServices;
        if (services.GetService<RateLimitedApplication>() is null
            && RazorPages.Loaded(services, services.GetService<EndpointDataSource>()?.Endpoints ?? []).FirstOrDefault(EndpointPlanner.IsLimited) is { } limited)
        {
            throw new InvalidOperationException(
                $"The endpoint \"{limited.DisplayName}\" is rate limited, but the application has no limiter: call builder.Services.AddSmartRateLimit() before it is built, and app.UseSmartRateLimit() after routing and authentication.");
        }
    };
}
