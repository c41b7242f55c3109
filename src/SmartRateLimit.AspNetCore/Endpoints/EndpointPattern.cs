using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>
/// The route pattern of an endpoint. Actions of a conventional route such as <c>{controller=Home}/{action=Index}/{id?}</c>
/// all have its text; each is told apart by what these parameters must be for it.
/// </summary>
internal static class EndpointPattern
{
    public static string Of(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern;
        var isConventional = pattern.Parameters.Any(parameter => Required(pattern, parameter.Name) is not null);
        return "/" + (isConventional ? Filled(pattern) : pattern.RawText?.TrimStart('/'));
    }

    private static string Filled(RoutePattern pattern)
    {
        var text = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            text.Append(text.Length == 0 ? string.Empty : "/");
            foreach (var part in segment.Parts)
            {
                text.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => Required(pattern, parameter.Name) ?? "{" + parameter.Name + (parameter.IsOptional ? "?}" : "}"),
                    _ => string.Empty,
                });
            }
        }

        return text.ToString();
    }

    private static string? Required(RoutePattern pattern, string parameter) =>
        pattern.RequiredValues.TryGetValue(parameter, out var value) && value is string { Length: > 0 } text ? text : null;
}
