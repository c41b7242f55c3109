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
        _ when type.Is("Microsoft.AspNetCore.Http", "IResult") || IsUnionWithRejection(type) => Results + "Rejected",
        _ when type.Is(Mvc, "IActionResult") || type.Is(Mvc, "ActionResult") || type.Is(Mvc, "ActionResult", 1) => Results + "RejectedAction",
        _ => null,
    };

    /// <summary>A union of results can hold only what it lists.</summary>
    private static bool IsUnionWithRejection(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Results" } union
        && union.Is("Microsoft.AspNetCore.Http.HttpResults", "Results", union.Arity)
        && union.TypeArguments.Any(member => member.Is("SmartRateLimit.AspNetCore", "RateLimitRejectedResult"));
}
