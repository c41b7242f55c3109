using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore;

/// <summary>
/// Settings of the middleware. <c>app.UseSmartRateLimit(options => …)</c> sets them in code; the configuration section
/// <c>SmartRateLimit:Http</c> sets those of plain values, wins over code, and applies live when it changes.
/// </summary>
public sealed class HttpRateLimitOptions
{
    /// <summary>The rates of every request that no rule matches, such as <c>"100/m"</c>; <see langword="null"/> (default) means none.</summary>
    public string? DefaultRate { get; set; }

    /// <summary>
    /// The key of <see cref="DefaultRate"/>, and of rules without one of their own: sources only. Default <see cref="HttpKey.Ip"/>.
    /// </summary>
    public string Key { get; set; } = HttpKey.Ip;

    /// <summary>A key function instead of <see cref="Key"/>; what it gives for a caller it does not know counts all of those together.</summary>
    public Func<HttpContext, string?>? KeyFunction { get; set; }

    /// <summary>Rates by path. The most specific that matches replaces <see cref="DefaultRate"/>; of equals the first.</summary>
    public IList<HttpRateLimitRule> Rules { get; } = [];

    /// <summary>Path prefixes, such as <c>"/health"</c>, that the default rate and rules leave alone. Limits of endpoints stay. Not <c>"/"</c>, which would be every path.</summary>
    public IList<string> SkipPaths { get; } = [];

    /// <summary>The request methods to which the default rate and rules apply; empty (default) means all.</summary>
    public IList<string> Methods { get; } = [];

    /// <summary>Whether requests over a limit are answered with 429 (default). If not, headers and <c>GetRateLimit()</c> say over, and the request goes on. A partial handler blocks all the same.</summary>
    public bool Block { get; set; } = true;

    /// <summary>Whether everything that the middleware enforces only decides and reports; clients see nothing of it. Default false.</summary>
    public bool Shadow { get; set; }

    /// <summary>Whether responses carry <c>RateLimit-Policy</c> and <c>RateLimit</c>. Default true.</summary>
    public bool StandardHeaders { get; set; } = true;

    /// <summary>Whether responses carry <c>X-RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> (seconds). Default true.</summary>
    public bool LegacyHeaders { get; set; } = true;

    /// <summary>Bits of an IPv6 address that count as one client, from 1 to 128. Default 64.</summary>
    public int IPv6PrefixLength { get; set; } = Keys.ClientAddress.DefaultPrefixLength;

    /// <summary>Where <see cref="HttpKey.Tenant"/> is read: a source or chain of them, such as <c>"header:X-Tenant"</c>.</summary>
    public string? TenantSource { get; set; }

    /// <summary>Reads <see cref="HttpKey.Tenant"/> instead of <see cref="TenantSource"/>.</summary>
    public Func<HttpContext, string?>? Tenant { get; set; }

    /// <summary>Where <see cref="HttpKey.ApiKey"/> is read: a source or chain of them, such as <c>"header:X-Api-Key"</c>.</summary>
    public string? ApiKeySource { get; set; }

    /// <summary>Reads <see cref="HttpKey.ApiKey"/> instead of <see cref="ApiKeySource"/>.</summary>
    public Func<HttpContext, string?>? ApiKey { get; set; }

    /// <summary>
    /// Whether an API key is one that was given out. An unknown one counts as none and falls to the next source of the
    /// key, so that inventing keys gives nobody a new bucket. Default: every key is believed.
    /// </summary>
    public Func<HttpContext, string, bool>? ValidateApiKey { get; set; }

    /// <summary>Writes the answer to a rejected request instead of the problem details. Status and headers are set already.</summary>
    public Func<HttpContext, RateLimitDecision, Task>? OnRejected { get; set; }

    /// <summary>
    /// The status of an uncaught <see cref="RateLimitExceededException"/>. Default: 429, or 503 when the backend could not
    /// decide or the limit was one on outgoing calls.
    /// </summary>
    public Func<RateLimitExceededException, int>? StatusCode { get; set; }
}
