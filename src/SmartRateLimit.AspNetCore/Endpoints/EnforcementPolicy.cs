using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using SmartRateLimit.AspNetCore.Hosting;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>
/// Where a middleware stands in a branch, a request may reach a limited endpoint past it. Such an endpoint is
/// replaced by one that refuses to run undecided. Elsewhere matching costs nothing more.
/// </summary>
internal sealed class EnforcementPolicy(RateLimitedApplication application) : MatcherPolicy, IEndpointSelectorPolicy
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    /// <summary>After the policies that choose among candidates, and those that load pages.</summary>
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        (application.Middlewares.Count == 0 || application.Middlewares.Exists(middleware => middleware.IsInBranch)) && endpoints.Any(MayBeLimited);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && EndpointPlanner.IsLimited(candidates[i].Endpoint))
            {
                candidates.ReplaceEndpoint(i, _guarded.GetValue(candidates[i].Endpoint, Guard), candidates[i].Values);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Pages, and what is chosen while matching, show only then what is written on them.</summary>
    private static bool MayBeLimited(Endpoint endpoint) =>
        EndpointPlanner.IsLimited(endpoint)
        || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
        || endpoint.Metadata.GetMetadata<IDynamicEndpointMetadata>() is { IsDynamic: true };

    private static Endpoint Guard(Endpoint endpoint)
    {
        var run = endpoint.RequestDelegate ?? (_ => Task.CompletedTask);
        return endpoint is RouteEndpoint route
            ? new RouteEndpoint(Guarded, route.RoutePattern, route.Order, route.Metadata, route.DisplayName)
            : new Endpoint(Guarded, endpoint.Metadata, endpoint.DisplayName);

        Task Guarded(HttpContext context) => context.Features.Get<HttpRateLimit>()?.Decided is { } decided && decided == context.GetEndpoint()
            ? run(context)
            : throw new InvalidOperationException(
                $"The endpoint \"{endpoint.DisplayName}\" is rate limited, but this request came to it past app.UseSmartRateLimit(), which stands in a branch of the pipeline. Call it on the application itself.");
    }
}
