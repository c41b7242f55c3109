using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>What the documents say that <c>curl -i</c> shows is what the sample answers, over real Kestrel.</summary>
public sealed partial class DocumentedCallTests
{
    // The default rate of the sample gives a permit back after this time.
    private static readonly TimeSpan Refill = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan CoarseStep = TimeSpan.FromMilliseconds(20);

    public static TheoryData<string, int> Calls()
    {
        var data = new TheoryData<string, int>();
        foreach (var document in new[] { "WebApi.md", "README.md" })
        {
            for (var i = 0; i < DocumentedCall.In(document).Count; i++)
            {
                data.Add(document, i);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_documented_answer_is_the_answer(string document, int index)
    {
        var call = DocumentedCall.In(document)[index];
        using var response = await AnswerAsync(call);
        var shown = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

        Assert.Equal(call.Status, $"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}");
        foreach (var header in call.Headers)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            AssertShown(name, value, shown.GetValueOrDefault(name));
        }

        var told = call.Headers.Count(header => header.Contains("RateLimit", StringComparison.Ordinal));
        Assert.Equal(told, shown.Keys.Count(name => name.Contains("RateLimit", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Every_route_of_the_sample_is_documented()
    {
        var app = WebApi.Application.Build(["--Logging:LogLevel:Default", "None"]);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => Parameter().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "[^/]+"));
        var documented = DocumentedCall.In("WebApi.md").Select(call => call.Path.Split('?')[0]).ToArray();

        Assert.All(routes, route => Assert.Contains(documented, path => Regex.IsMatch(path, "^" + route + "$")));
    }

    /// <summary>The last answer of an application that has just started. Where the calls before it took so long that a bucket refilled, another one is asked.</summary>
    private static async Task<HttpResponseMessage> AnswerAsync(DocumentedCall call)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var app = WebApi.Application.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
            await app.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using var warm = await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
            var started = Stopwatch.GetTimestamp();
            for (var i = 1; i < call.Times; i++)
            {
                using var earlier = await SendAsync(client, call);
            }

            // A wait that is asked for at once holds a step of the coarse clock more. No shell is that fast.
            await Task.Delay(CoarseStep, TestContext.Current.CancellationToken);
            var response = await SendAsync(client, call);
            if (call.Times == 1 || Stopwatch.GetElapsedTime(started) < Refill || attempt == 20)
            {
                return response;
            }

            response.Dispose();
        }
    }

    /// <summary>Seconds run while a test does; every other character is as documented.</summary>
    private static void AssertShown(string name, string documented, string? shown)
    {
        Assert.True(shown is not null, $"{name} is documented and missing.");
        var pattern = name is "Retry-After" or "X-RateLimit-Reset" ? Number() : Time();
        Assert.Equal(pattern.Replace(documented, string.Empty), pattern.Replace(shown, string.Empty));
        foreach (var (expected, actual) in pattern.Matches(documented).Zip(pattern.Matches(shown)))
        {
            var (most, seconds) = (Seconds(expected), Seconds(actual));

            Assert.InRange(seconds, Math.Max(1, most - 30), most);
        }
    }

    private static long Seconds(Match match) => long.Parse(Number().Match(match.Value).Value, CultureInfo.InvariantCulture);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, DocumentedCall call)
    {
        using var request = call.Request();
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"t=\d+")]
    private static partial Regex Time();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
