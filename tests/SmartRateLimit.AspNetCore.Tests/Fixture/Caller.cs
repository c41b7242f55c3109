using System.Globalization;

namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>Everything by which a request can be told apart.</summary>
public sealed record Caller
{
    public string Ip { get; init; } = "192.0.2.1";

    public string User { get; init; } = "ann";

    public string Team { get; init; } = "red";

    public string Header { get; init; } = "h1";

    public string Query { get; init; } = "q1";

    public string Route { get; init; } = "1";

    public string Cookie { get; init; } = "c1";

    public string Host { get; init; } = "one.example";

    public string Method { get; init; } = "GET";

    public string Session { get; init; } = "first";

    public string Tenant { get; init; } = "t1";

    public string ApiKey { get; init; } = "k1";

    public string Function { get; init; } = "f1";

    /// <param name="path">The path; <c>{0}</c> becomes the route value.</param>
    /// <param name="sessions">The cookie of each session by its name here.</param>
    public HttpRequestMessage Request(string path, IReadOnlyDictionary<string, string> sessions)
    {
        var isHub = path.StartsWith("/hub", StringComparison.Ordinal);
        var uri = string.Format(CultureInfo.InvariantCulture, path, Route) + "?q=" + Query;
        var request = new HttpRequestMessage(new HttpMethod(isHub ? "POST" : Method), uri);
        request.Headers.Host = Host;
        request.Headers.Add("X-Test-Ip", Ip);
        request.Headers.Add("X-Test-User", User);
        request.Headers.Add("X-Test-Team", Team);
        request.Headers.Add("X-Key", Header);
        request.Headers.Add("X-Tenant", Tenant);
        request.Headers.Add("X-Api-Key", ApiKey);
        request.Headers.Add("X-Function", Function);
        request.Headers.Add("Cookie", $"sid={Cookie}; {sessions[Session]}");
        return request;
    }
}

/// <summary>Two callers' sessions.</summary>
public sealed class Sessions(TestApp app)
{
    public async Task<IReadOnlyDictionary<string, string>> EstablishAsync() => new Dictionary<string, string>
    {
        ["first"] = await CookieAsync(),
        ["second"] = await CookieAsync(),
    };

    private async Task<string> CookieAsync()
    {
        using var response = await app.SendAsync("/establish");
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
