using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmartRateLimit.AspNetCore.Library;

/// <summary>Endpoints that a library maps for its application, and handlers that the application maps itself.</summary>
public static partial class LibraryEndpoints
{
    /// <summary>Maps an endpoint whose key function is private to this library.</summary>
    public static void MapLibrary(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/library/lambda", [RateLimited("2/h", Key = nameof(Tenant))] () => "ok");

    /// <summary>A partial handler: two an hour for each tenant.</summary>
    [RateLimited("2/h", Key = nameof(tenant), Name = "library")]
    public static partial IResult Place(string tenant, IRateLimiter limiter);

    private static IResult PlaceCore(string tenant, IRateLimiter limiter) => Results.Ok(tenant);

    private static string? Tenant(HttpContext http) => http.Request.Query["tenant"];
}
