namespace SmartRateLimit;

/// <summary>
/// The built-in key sources of an HTTP request, for <see cref="RateLimitedAttribute.Key"/> and fluent code.
/// They need an <c>HttpContext</c> in reach: endpoint metadata, a parameter, or <c>this.HttpContext</c>.
/// </summary>
public static class HttpKey
{
    /// <summary>The client's address as the forwarded-headers middleware left it; IPv6 by its /64 prefix.</summary>
    public const string Ip = "http:ip";

    /// <summary>The authenticated user's name identifier, else its <c>sub</c>, else its name; empty for an anonymous caller.</summary>
    public const string User = "http:user";

    /// <summary>The authenticated user, or the address of an anonymous caller.</summary>
    public const string UserOrIp = "http:user|http:ip";

    /// <summary>The request's path, as the client spelled it.</summary>
    public const string Path = "http:path";

    /// <summary>The endpoint that routing chose, however the path was spelled.</summary>
    public const string Endpoint = "http:endpoint";

    /// <summary>The request's method.</summary>
    public const string Method = "http:method";

    /// <summary>The host that the client asked for.</summary>
    public const string Host = "http:host";

    /// <summary>The session; needs the session middleware.</summary>
    public const string Session = "http:session";

    /// <summary>The tenant, from the source that the options name.</summary>
    public const string Tenant = "http:tenant";

    /// <summary>The API key, from the source that the options name.</summary>
    public const string ApiKey = "http:apikey";

    /// <summary>The value of a request header.</summary>
    /// <param name="name">The header's name.</param>
    /// <returns>The source's text.</returns>
    public static string Header(string name) => Source("header", name);

    /// <summary>The value of a claim of the authenticated user.</summary>
    /// <param name="type">The claim's type.</param>
    /// <returns>The source's text.</returns>
    public static string Claim(string type) => Source("claim", type);

    /// <summary>The value of a query parameter.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The source's text.</returns>
    public static string Query(string name) => Source("query", name);

    /// <summary>The raw text of a route value.</summary>
    /// <param name="name">The value's name.</param>
    /// <returns>The source's text.</returns>
    public static string Route(string name) => Source("route", name);

    /// <summary>The value of a cookie.</summary>
    /// <param name="name">The cookie's name.</param>
    /// <returns>The source's text.</returns>
    public static string Cookie(string name) => Source("cookie", name);

    private static string Source(string scheme, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return scheme + ":" + name.Replace("|", "||", StringComparison.Ordinal);
    }
}
