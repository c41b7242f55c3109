using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRateLimit.AspNetCore.Endpoints;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Looks at every endpoint before the server listens, so that a limit that nobody would enforce stops the start.</summary>
internal sealed class EndpointGuard(RateLimitedApplication application, IRateLimiter limiter, ILoggerFactory loggers) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        application.Middlewares.ForEach(middleware => middleware.Seal());
        RootPipeline.Mark(app);
        next(app);
        Check(app.ApplicationServices);
    };

    private void Check(IServiceProvider services)
    {
        var endpoints = RazorPages.Loaded(services, services.GetService<EndpointDataSource>()?.Endpoints ?? []);
        application.LimitedEndpoint = endpoints.FirstOrDefault(EndpointPlanner.IsLimited);
        if (application.LimitedEndpoint is { } limited && application.Middlewares.Count == 0)
        {
            throw new InvalidOperationException(
                $"The endpoint \"{limited.DisplayName}\" is rate limited, but nothing enforces it: call app.UseSmartRateLimit() after routing and authentication.");
        }

        ShortCircuits.Refuse(endpoints);
        RefuseUnseen(services);
        var logger = loggers.CreateLogger(Log.Category);
        foreach (var settings in application.Middlewares.Select(middleware => middleware.Settings))
        {
            Check(services, settings.Current, endpoints, logger);
            settings.Check = changed => Check(services, changed, endpoints, logger);
        }
    }

    private void RefuseUnseen(IServiceProvider services)
    {
        if (application.LimitedEndpoint is null || services.GetService<EndpointDataSource>() is not CompositeEndpointDataSource all)
        {
            return;
        }

        var unseen = all.DataSources.Where(source => !application.Middlewares.Exists(middleware => middleware.MaySee(source)));
        if (unseen.SelectMany(source => RazorPages.Loaded(services, source.Endpoints)).FirstOrDefault(EndpointPlanner.IsLimited) is { } endpoint)
        {
            throw new InvalidOperationException(
                $"The endpoint \"{endpoint.DisplayName}\" is rate limited, but app.UseSmartRateLimit() stands before app.UseRouting() that knows it, or behind routing of something else. Call it after that routing; in a branch that routes for itself, inside the branch.");
        }
    }

    private void Check(IServiceProvider services, HttpSettings settings, IReadOnlyList<Endpoint> endpoints, ILogger logger)
    {
        var limits = endpoints.SelectMany(endpoint => settings.PlanFor(endpoint).Limits).Concat(settings.Rules.Limits).ToList();
        foreach (var limit in limits)
        {
            (limiter as SmartRateLimiter)?.Check(limit.Policy);
            application.Needs |= limit.Key.Needs;
        }

        SharedNames.Check(limits, logger);
        KeyRequirements.Check(services, settings, limits, logger);
        foreach (var rule in settings.Rules.Patterns.Where(rule => !endpoints.OfType<RouteEndpoint>().Any(rule.Matches)))
        {
            Log.RuleMatchesNothing(logger, rule.Path);
        }
    }
}
