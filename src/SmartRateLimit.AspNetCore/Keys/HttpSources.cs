using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SmartRateLimit.AspNetCore.Endpoints;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>The built-in sources by their text.</summary>
internal static class HttpSources
{
    private static readonly ConcurrentDictionary<string, HttpSource> Known = new(StringComparer.Ordinal);

    /// <param name="text">A source that the key parser accepted, such as <c>http:ip</c> or <c>header:X-Api-Key</c>.</param>
    public static HttpSource Get(string text) => Known.GetOrAdd(text, Create);

    /// <summary>The value of an authenticated caller's claim.</summary>
    private static string? Claim(HttpContext context, string type)
    {
        foreach (var identity in context.User.Identities)
        {
            if (identity.IsAuthenticated && identity.FindFirst(type) is { Value.Length: > 0 } claim)
            {
                return claim.Value;
            }
        }

        return null;
    }

    private static HttpSource Create(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[(colon + 1)..];
        return text[..colon] switch
        {
            "header" => new TextSource(KeyNeeds.None, context => context.Request.Headers[name]),
            "query" => new TextSource(KeyNeeds.None, context => context.Request.Query[name]),
            "cookie" => new TextSource(KeyNeeds.None, context => context.Request.Cookies[name]),
            "route" => new TextSource(KeyNeeds.None, context => Convert.ToString(context.GetRouteValue(name), System.Globalization.CultureInfo.InvariantCulture)),
            "claim" => new TextSource(KeyNeeds.User, context => Claim(context, name)),
            _ => Http(name),
        };
    }

    private static HttpSource Http(string name) => name switch
    {
        "ip" => new AddressSource(),
        "user" => new TextSource(KeyNeeds.User, User),
        "path" => new TextSource(KeyNeeds.None, context => context.Request.PathBase.Add(context.Request.Path)),
        "endpoint" => new TextSource(KeyNeeds.None, context => context.GetEndpoint() is { } endpoint ? EndpointName.Of(endpoint) : null),
        "method" => new TextSource(KeyNeeds.None, context => HttpMethods.GetCanonicalizedValue(context.Request.Method)),
        "host" => new TextSource(KeyNeeds.None, Host),
        "session" => new TextSource(KeyNeeds.Session, Session),
        "tenant" => new TextSource(KeyNeeds.Tenant, context => HttpSettings.Of(context).Tenant(context)),
        "apikey" => new TextSource(KeyNeeds.ApiKey, context => HttpSettings.Of(context).ApiKey(context)),
        _ => throw new ArgumentException($"\"http:{name}\" is no source.", nameof(name)),
    };

    private static string? User(HttpContext context) =>
        Claim(context, ClaimTypes.NameIdentifier) ?? Claim(context, "sub")
        ?? (context.User.Identity is { IsAuthenticated: true, Name: var name } ? name : null);

    /// <summary>A host's name is the same in any case and with the root's dot, but a client could count as many with them.</summary>
    private static string? Host(HttpContext context)
    {
        var host = context.Request.Host.Host.TrimEnd('.');
        return host.Length == 0 ? null : host.ToUpperInvariant();
    }

    private static string? Session(HttpContext context)
    {
        var session = (context.Features.Get<ISessionFeature>()
            ?? throw new InvalidOperationException("The key http:session needs the session middleware: call app.UseSession() before app.UseSmartRateLimit().")).Session;

        // A caller without an established session gets a new identifier with each request, which would be a new bucket each time.
        return session.IsAvailable && session.Keys.Any() ? session.Id : null;
    }
}
