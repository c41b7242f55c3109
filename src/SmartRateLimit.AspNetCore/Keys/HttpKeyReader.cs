using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Keys;
using SmartRateLimit.Keys;

namespace SmartRateLimit.AspNetCore;

/// <summary>Reads a built-in source of a request. Generated handlers keep one per source in a static field.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HttpKeyReader
{
    private readonly HttpSource _source;

    /// <summary>Creates a reader.</summary>
    /// <param name="source">One source, such as <see cref="HttpKey.Ip"/> or <c>"header:X-Api-Key"</c>.</param>
    /// <exception cref="FormatException">The text is no source.</exception>
    public HttpKeyReader(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = KeyTemplateParser.TryParse(source, out var template, out _)
            && template.Alternatives is [[{ IsHole: true, Kind: KeyHoleKind.Source, Text: var text }]]
                ? HttpSources.Get(text)
                : throw new FormatException($"\"{source}\" is not one source such as http:ip or header:X-Api-Key.");
    }

    /// <summary>Reads the source.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The value, or <see langword="null"/> when the request has none.</returns>
    /// <exception cref="InvalidOperationException">The source needs an option or middleware that is missing.</exception>
    public string? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _source.Read(context);
    }
}
