using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>The identity of an endpoint: its methods and route pattern, the same in every process and however a path is spelled.</summary>
internal static class EndpointName
{
    public static string Of(Endpoint endpoint)
    {
        var pattern = endpoint is RouteEndpoint route
            ? "/" + route.RoutePattern.RawText?.TrimStart('/')
            : endpoint.DisplayName ?? "endpoint";
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        return methods is { Count: > 0 } ? string.Join(',', methods) + " " + pattern : pattern;
    }
}
