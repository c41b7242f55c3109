using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit;
using SmartRateLimit.AspNetCore;
using SmartRateLimit.AspNetCore.Enforcement;
using SmartRateLimit.AspNetCore.Hosting;
using SmartRateLimit.AspNetCore.Keys;
using SmartRateLimit.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the middleware.</summary>
public static class SmartRateLimitApplicationBuilderExtensions
{
    /// <summary>
    /// Enforces the limits of endpoints, and the default rate and rules of <see cref="HttpRateLimitOptions"/>. Call it
    /// after <c>UseForwardedHeaders</c>, <c>UseRouting</c>, <c>UseAuthentication</c> and <c>UseSession</c>, as far as the
    /// application has them; a <c>WebApplication</c> routes before everything by itself.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="configure">Sets the middleware up; the configuration section <c>SmartRateLimit:Http</c> wins over it.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException">No limiter is registered.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names it and what would be right.</exception>
    public static IApplicationBuilder UseSmartRateLimit(this IApplicationBuilder app, Action<HttpRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.ApplicationServices;
        if (services.GetService<IRateLimiter>() is not { } limiter || services.GetService<RateLimitedApplication>() is not { } application)
        {
            throw new InvalidOperationException("No rate limiter is registered: call builder.Services.AddSmartRateLimit() before the application is built.");
        }

        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(Log.Category);
        var proxies = TrustedProxies.Of(services.GetService<IOptions<ForwardedHeadersOptions>>()?.Value);
        var settings = new HttpSettingsSource(services.GetRequiredService<IOptionsFactory<HttpRateLimitOptions>>(), services.GetRequiredService<ConfigurationSource>(), proxies, configure, logger);
        var placement = new MiddlewarePlacement(app, settings);
        application.Middlewares.Add(placement);
        return app.Use(next =>
        {
            placement.Verify(application, logger);
            return new RateLimitMiddleware(next, limiter, settings).InvokeAsync;
        });
    }
}
