using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Which result says that a request was rejected, where a handler returns results at all.</summary>
internal static class RejectedResult
{
    private const string Results = "global::SmartRateLimit.AspNetCore.RateLimitResults.";
    private const string Mvc = "Microsoft.AspNetCore.Mvc";

    public static string? Of(ITypeSymbol type) => type switch
    {
        _ when type.Is("Microsoft.AspNetCore.Http", "IResult") => Results + "Rejected",
        _ when type.Is(Mvc, "IActionResult") || type.Is(Mvc, "ActionResult") || type.Is(Mvc, "ActionResult", 1) => Results + "RejectedAction",
        _ => null,
    };
}
