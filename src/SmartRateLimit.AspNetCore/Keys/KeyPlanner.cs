using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Endpoints;
using SmartRateLimit.Keys;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>Works a key text out into a plan.</summary>
internal static class KeyPlanner
{
    /// <param name="text">The key; <see langword="null"/> counts everybody together.</param>
    /// <param name="functions">Where names are looked up; <see langword="null"/> where only sources have a meaning.</param>
    /// <exception cref="FormatException">The text is no key, or names nothing.</exception>
    public static KeyPlan Plan(string? text, FunctionScope? functions)
    {
        if (text is null)
        {
            return KeyPlan.Global;
        }

        if (!KeyTemplateParser.TryParse(text, out var template, out var error))
        {
            throw new FormatException($"The key \"{text}\" is invalid at position {error.Position}: {error.Message}.");
        }

        return template.IsGlobal
            ? KeyPlan.Global
            : new KeyPlan((text, functions?.Nearest), [.. template.Alternatives.Select(alternative => alternative.Select(segment => Part(text, segment, functions)).ToArray())]);
    }

    public static KeyPlan Plan(Func<HttpContext, string?> function) => new(function, [[new FunctionPart(function)]]);

    private static KeyPart Part(string text, in KeySegment segment, FunctionScope? functions)
    {
        if (!segment.IsHole)
        {
            return new LiteralPart(segment.Text);
        }

        if (segment.Kind == KeyHoleKind.Source)
        {
            return new SourcePart(HttpSources.Get(segment.Text));
        }

        return functions is null
            ? throw new FormatException($"The key \"{text}\" names \"{segment.Text}\", but only sources such as http:ip or header:X-Api-Key can be named here.")
            : new FunctionPart(functions.Key(segment.Text));
    }
}
