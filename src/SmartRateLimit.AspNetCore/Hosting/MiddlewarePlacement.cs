using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRateLimit.AspNetCore.Enforcement;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>
/// Where the middleware stands in the pipeline. ASP.NET leaves marks among the builder's properties: what is there when
/// the middleware is added comes before it, and what is there only when the pipeline is built comes after it.
/// </summary>
internal sealed class MiddlewarePlacement
{
    private const string Routing = "__EndpointRouteBuilder";
    private const string WebApplication = "__GlobalEndpointRouteBuilder";
    private const string Authentication = "__AuthenticationMiddlewareSet";

    private readonly IApplicationBuilder _app;
    private readonly IEndpointRouteBuilder? _routing;
    private readonly bool _isBehindEndpoints;
    private readonly bool _isBehindAuthentication;
    private bool? _hasAuthentication;

    public MiddlewarePlacement(IApplicationBuilder app, HttpSettingsSource settings)
    {
        _app = app;
        Settings = settings;
        IsInBranch = !RootPipeline.Is(app);
        _routing = app.Properties.TryGetValue(Routing, out var routes) ? routes as IEndpointRouteBuilder : null;
        _isBehindEndpoints = HasEndpoints(app);
        _isBehindAuthentication = app.Properties.ContainsKey(Authentication);
    }

    public HttpSettingsSource Settings { get; }

    /// <summary>Whether it stands in a branch, so that requests may pass it by.</summary>
    public bool IsInBranch { get; }

    /// <summary>
    /// Whether endpoints of a source may be known where the middleware stands: its routing knows only its own, not those
    /// of a branch that routes for itself. Of a middleware in a branch this is seen at each request.
    /// </summary>
    public bool MaySee(EndpointDataSource source) =>
        IsInBranch || (_routing ?? RoutesOf(WebApplication) ?? RoutesOf(Routing))?.DataSources.Contains(source) is true;

    /// <summary>Looks at what the application itself has added, before the host adds what a WebApplication left out.</summary>
    public void Seal() => _hasAuthentication ??= _app.Properties.ContainsKey(Authentication);

    /// <summary>Checks the place when the pipeline is built, which is before the server listens.</summary>
    /// <exception cref="InvalidOperationException">An endpoint is limited and the middleware cannot see it.</exception>
    public void Verify(RateLimitedApplication application, ILogger logger)
    {
        if (application.LimitedEndpoint is { } endpoint && (_isBehindEndpoints || (_routing is null && _app.Properties.ContainsKey(Routing))))
        {
            throw new InvalidOperationException(_isBehindEndpoints
                ? $"The endpoint \"{endpoint.DisplayName}\" is rate limited, but app.UseSmartRateLimit() stands after app.UseEndpoints(), where no request for it arrives. Call it between UseRouting and UseEndpoints."
                : $"The endpoint \"{endpoint.DisplayName}\" is rate limited, but app.UseSmartRateLimit() stands before app.UseRouting(), where no endpoint is known yet. Call it after UseRouting.");
        }

        Seal();
        if (application.Needs.HasFlag(KeyNeeds.User) && !_isBehindAuthentication)
        {
            WarnOfAnonymity(logger);
        }
    }

    private void WarnOfAnonymity(ILogger logger)
    {
        if (_hasAuthentication is true)
        {
            Log.UserBeforeAuthentication(logger);
        }
        else if (!_app.Properties.ContainsKey(WebApplication) || !HasSchemes(_app.ApplicationServices))
        {
            // A WebApplication with authentication services adds the middleware itself, in front of everything.
            Log.UserWithoutAuthentication(logger);
        }
    }

    private IEndpointRouteBuilder? RoutesOf(string property) =>
        _app.Properties.TryGetValue(property, out var routes) ? routes as IEndpointRouteBuilder : null;

    private static bool HasSchemes(IServiceProvider services) =>
        services.GetService<IAuthenticationSchemeProvider>() is { } schemes && schemes.GetAllSchemesAsync().GetAwaiter().GetResult().Any();

    private static bool HasEndpoints(IApplicationBuilder app) =>
        app.Properties.TryGetValue(Routing, out var builder)
        && builder is IEndpointRouteBuilder routes
        && app.ApplicationServices.GetService<EndpointDataSource>() is CompositeEndpointDataSource composite
        && routes.DataSources.Any(source => composite.DataSources.Contains(source));
}
