using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>The identity of an endpoint, the same in every process and however a path is spelled: its methods, route pattern and hosts, or its page.</summary>
internal static class EndpointName
{
    public static string Of(Endpoint endpoint)
    {
        // The routes of a page, such as / and /Index, lead to one thing.
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
        {
            return "page " + (page.AreaName is { Length: > 0 } area ? area + ":" : string.Empty) + page.ViewEnginePath;
        }

        var pattern = endpoint is RouteEndpoint route ? EndpointPattern.Of(route) : endpoint.DisplayName ?? "endpoint";
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        var hosts = endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts;
        return (methods is { Count: > 0 } ? string.Join(',', methods) + " " : string.Empty)
            + pattern
            + (hosts is { Count: > 0 } ? " on " + string.Join(',', hosts) : string.Empty);
    }
}
