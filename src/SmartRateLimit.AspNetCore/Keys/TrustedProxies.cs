using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>
/// Reads on where the forwarded-headers middleware had to stop. To it a quote that a client leaves open makes one entry of
/// all that follows, with what the proxies wrote behind it, and whoever sends one would count as the proxy.
/// </summary>
internal sealed class TrustedProxies
{
    private readonly ForwardedHeadersOptions _options;

    private TrustedProxies(ForwardedHeadersOptions options) => _options = options;

    /// <returns><see langword="null"/> where the middleware takes no addresses from a header.</returns>
    public static TrustedProxies? Of(ForwardedHeadersOptions? options) =>
        options is not null && options.ForwardedHeaders.HasFlag(ForwardedHeaders.XForwardedFor) ? new TrustedProxies(options) : null;

    /// <summary>The address that the proxies in front of a connection name: from the right, hop by hop, through trusted ones only.</summary>
    /// <param name="connection">The address of the connection, as the middleware left it.</param>
    /// <param name="headers">The headers, as the middleware left them.</param>
    public IPAddress Behind(IPAddress connection, IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(_options.ForwardedForHeaderName, out var lines) || !HasQuote(lines))
        {
            return connection;
        }

        var address = connection;
        var rest = lines.ToString().AsSpan();
        for (var hops = 0; hops < (_options.ForwardLimit ?? int.MaxValue) && Trusts(address); hops++)
        {
            var comma = rest.LastIndexOf(',');
            if (!IPEndPoint.TryParse(rest[(comma + 1)..].Trim(), out var hop))
            {
                break;
            }

            address = hop.Address;
            rest = rest[..Math.Max(0, comma)];
        }

        return address;
    }

    private static bool HasQuote(StringValues lines)
    {
        foreach (var line in lines)
        {
            if (line is not null && line.Contains('"', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool Trusts(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 && Trusts(address.MapToIPv4()))
        || (_options.KnownProxies.Count == 0 && Networks.Count == 0)
        || _options.KnownProxies.Contains(address)
        || Networks.Any(network => network.Contains(address));

#if NET10_0_OR_GREATER
    private IList<System.Net.IPNetwork> Networks => _options.KnownIPNetworks;
#else
    private IList<Microsoft.AspNetCore.HttpOverrides.IPNetwork> Networks => _options.KnownNetworks;
#endif
}
