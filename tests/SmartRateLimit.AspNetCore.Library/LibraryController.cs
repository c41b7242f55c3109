using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace SmartRateLimit.AspNetCore.Library;

/// <summary>An action whose limit names functions of this library.</summary>
public sealed class LibraryController : ControllerBase
{
    /// <summary>Two an hour for each tenant, of which administrators are not counted.</summary>
    [HttpGet("/library/action")]
    [RateLimited("4/h", Key = nameof(Tenant), Cost = nameof(Price), SkipIf = nameof(IsAdministrator), OnRejected = nameof(Sorry))]
    public string Get() => "ok";

    internal static string? Tenant(HttpContext http) => http.Request.Query["tenant"];

    internal static int Price() => 2;

    internal static bool IsAdministrator(HttpContext http) => http.User.Identity?.IsAuthenticated is true;

    internal static IActionResult Sorry() => new StatusCodeResult(418);
}
