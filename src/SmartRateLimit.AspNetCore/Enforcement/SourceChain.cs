using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Keys;
using SmartRateLimit.Keys;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>A chain of sources, such as <c>header:X-Tenant|query:tenant</c>, read as plain text.</summary>
internal static class SourceChain
{
    /// <exception cref="FormatException">The text is no chain of sources.</exception>
    public static Func<HttpContext, string?>? Reader(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!KeyTemplateParser.TryParse(text, out var template, out var error))
        {
            throw new FormatException($"The source \"{text}\" is invalid at position {error.Position}: {error.Message}.");
        }

        var sources = template.Alternatives.Select(alternative => Source(text, alternative)).ToArray();
        return sources.Length > 0 ? context => Read(sources, context) : throw NoSource(text);
    }

    private static string? Read(HttpSource[] sources, HttpContext context)
    {
        foreach (var source in sources)
        {
            if (source.Read(context) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    private static HttpSource Source(string text, IReadOnlyList<KeySegment> alternative) =>
        alternative is [{ IsHole: true, Kind: KeyHoleKind.Source, Text: not ("http:tenant" or "http:apikey") and var name }]
            ? HttpSources.Get(name)
            : throw NoSource(text);

    private static FormatException NoSource(string text) =>
        new($"\"{text}\" is not where a tenant or API key can be read; expected one or more of header:name, claim:type, query:name, route:name, cookie:name or http:host, separated by |.");
}
