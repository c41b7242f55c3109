using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>A built-in source such as <c>http:ip</c>, ready to be read from requests.</summary>
internal abstract class HttpSource(KeyNeeds needs)
{
    public KeyNeeds Needs { get; } = needs;

    /// <summary>The value, or <see langword="null"/> when the request has none.</summary>
    public abstract string? Read(HttpContext context);

    public virtual void Append(HttpContext context, ref RateLimitKeyBuilder key) => key.Add(Read(context));
}

/// <summary>A source whose value is text that the request already has.</summary>
internal sealed class TextSource(KeyNeeds needs, Func<HttpContext, string?> read) : HttpSource(needs)
{
    public override string? Read(HttpContext context) => read(context);
}

/// <summary>The client's address, as the forwarded-headers middleware left it.</summary>
internal sealed class AddressSource() : HttpSource(KeyNeeds.Address)
{
    public override string? Read(HttpContext context)
    {
        Span<char> text = stackalloc char[ClientAddress.MaxLength];
        return Write(context, text) is > 0 and var length ? text[..length].ToString() : null;
    }

    public override void Append(HttpContext context, ref RateLimitKeyBuilder key)
    {
        Span<char> text = stackalloc char[ClientAddress.MaxLength];
        if (Write(context, text) is > 0 and var length)
        {
            key.Add(text[..length]);
        }
        else
        {
            key.Add((string?)null);
        }
    }

    private static int Write(HttpContext context, Span<char> text)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return 0;
        }

        var settings = HttpSettings.Of(context);
        return ClientAddress.Write(settings.Proxies?.Behind(address, context.Request.Headers) ?? address, settings.IPv6PrefixLength, text);
    }
}
