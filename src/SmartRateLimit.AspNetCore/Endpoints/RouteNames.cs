using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartRateLimit.Keys;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>
/// Looks for the route values that a key names. One that no request of the endpoint has would be missing every time, and
/// all callers would be counted together. In a chain it may be: there the next alternative is the key.
/// </summary>
internal static class RouteNames
{
    private const string Source = "route:";

    /// <exception cref="FormatException">The key names a value that the endpoint's route never has.</exception>
    public static void Check(Endpoint endpoint, string? key)
    {
        if (key is null
            || endpoint is not RouteEndpoint { RoutePattern: var pattern }
            || endpoint.Metadata.GetMetadata<IDynamicEndpointMetadata>() is { IsDynamic: true }
            || !KeyTemplateParser.TryParse(key, out var template, out _)
            || template.Alternatives.Count != 1)
        {
            return;
        }

        foreach (var segment in template.Alternatives[0])
        {
            if (segment.IsHole && segment.Kind == KeyHoleKind.Source && segment.Text.StartsWith(Source, StringComparison.Ordinal))
            {
                var name = segment.Text[Source.Length..];
                if (pattern.GetParameter(name) is null && !pattern.Defaults.ContainsKey(name) && !pattern.RequiredValues.ContainsKey(name))
                {
                    throw new FormatException($"its key \"{key}\" names the route value \"{name}\", which the route \"{EndpointPattern.Of((RouteEndpoint)endpoint)}\" does not have; {Known(pattern.Parameters)}.");
                }
            }
        }
    }

    private static string Known(IReadOnlyList<Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart> parameters) =>
        parameters.Count == 0 ? "it has none" : "it has " + string.Join(", ", parameters.Select(parameter => parameter.Name));
}
