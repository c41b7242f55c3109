using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartRateLimit;
using SmartRateLimit.AspNetCore.Endpoints;
using SmartRateLimit.AspNetCore.Policies;
using SmartRateLimit.Keys;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits endpoints and groups of them.</summary>
public static class RateLimitEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Limits an endpoint, or a group: its endpoints share one bucket per key. Every limit of an endpoint must admit, and
    /// all are charged together or not at all.
    /// </summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="rate">One or more rates, such as <c>"100/m"</c> or <c>"10/s; 500/h"</c>.</param>
    /// <param name="key">What is counted apart: <see cref="HttpKey.Ip"/> or another source, a chain, a template, or <see cref="RateLimitKey.Global"/>.</param>
    /// <param name="configure">Sets further properties, as they would be written in the attribute.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="FormatException">The rate or the key cannot be read.</exception>
    public static TBuilder RateLimited<TBuilder>(this TBuilder builder, string rate, string key, Action<RateLimitedAttribute>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!KeyTemplateParser.TryParse(key, out _, out var error))
        {
            throw new FormatException($"The key \"{key}\" is invalid at position {error.Position}: {error.Message}.");
        }

        return Limit(builder, new RateLimitedAttribute(rate) { Key = key }, null, configure);
    }

    /// <summary>Limits an endpoint or group by a key of the application's own.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="rate">One or more rates.</param>
    /// <param name="key">Gives the key of a request; all requests for which it gives nothing are counted together.</param>
    /// <param name="configure">Sets further properties, as they would be written in the attribute.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="FormatException">The rate cannot be read.</exception>
    public static TBuilder RateLimited<TBuilder>(this TBuilder builder, string rate, Func<HttpContext, string?> key, Action<RateLimitedAttribute>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(key);
        return Limit(builder, new RateLimitedAttribute(rate), key, configure);
    }

    /// <summary>Opts an endpoint or group out of every limit that would apply to it from outside: outer groups and default rates.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder DisableRateLimit<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(static endpoint => endpoint.Metadata.Add(new DisableRateLimitAttribute()));
        return builder;
    }

    private static TBuilder Limit<TBuilder>(TBuilder builder, RateLimitedAttribute attribute, Func<HttpContext, string?>? key, Action<RateLimitedAttribute>? configure)
        where TBuilder : IEndpointConventionBuilder
    {
        configure?.Invoke(attribute);
        _ = AttributePolicy.Create(attribute, attribute.Name ?? "endpoint").Validate();
        var limit = new EndpointLimit(attribute, key, Group(builder));
        builder.Add(endpoint => endpoint.Metadata.Add(limit));
        return builder;
    }

    private static GroupIdentity? Group<TBuilder>(TBuilder builder)
    {
        if (builder is not RouteGroupBuilder group)
        {
            return null;
        }

        var identity = new GroupIdentity();
        ((IEndpointRouteBuilder)group).DataSources.Add(identity);
        return identity;
    }
}
