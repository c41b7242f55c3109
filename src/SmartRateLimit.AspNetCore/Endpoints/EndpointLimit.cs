using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>A limit that was put on endpoints by a call rather than by an attribute.</summary>
internal sealed class EndpointLimit(RateLimitedAttribute attribute, Func<HttpContext, string?>? key, GroupIdentity? group)
{
    public RateLimitedAttribute Attribute { get; } = attribute;

    /// <summary>The key, where it is a function rather than a text.</summary>
    public Func<HttpContext, string?>? Key { get; } = key;

    /// <summary>The group whose endpoints share the bucket.</summary>
    public GroupIdentity? Group { get; } = group;
}
