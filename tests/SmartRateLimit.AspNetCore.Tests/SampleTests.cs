using System.Net;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_page_shows_the_limit_being_hit_and_recovering()
    {
        Assert.SkipWhen(
            Browser.Executable is null && Environment.GetEnvironmentVariable("CI") != "true",
            "The page is opened in Chromium, which is missing: apt-get install chromium.");
        Assert.NotNull(Browser.Executable);
        await using var app = await StartAsync();
        await using var browser = await Browser.OpenAsync(new Uri(app.Urls.Single()));
        await browser.UntilAsync("document.querySelectorAll('article').length === 5", TimeSpan.FromSeconds(30));

        await browser.EvaluateAsync("document.querySelector('#search .burst').click()");
        await browser.UntilAsync("document.querySelector('#search').dataset.sent === '10'", TimeSpan.FromSeconds(30));
        await browser.UntilAsync("document.querySelector('#search').dataset.state === 'over'", TimeSpan.FromSeconds(5));
        Assert.Equal("5", await browser.EvaluateAsync("document.querySelector('#search').dataset.rejected"));
        Assert.Contains("429", await browser.EvaluateAsync("document.querySelector('#search .say').innerText"), StringComparison.Ordinal);

        await browser.UntilAsync("document.querySelector('#search').dataset.left === '5'", TimeSpan.FromSeconds(30));
        Assert.Equal("5 of 5", await browser.EvaluateAsync("document.querySelector('#search .left').innerText"));
        await browser.EvaluateAsync("document.querySelector('#search .one').click()");
        await browser.UntilAsync("document.querySelector('#search').dataset.sent === '11'", TimeSpan.FromSeconds(10));
        Assert.Equal("5", await browser.EvaluateAsync("document.querySelector('#search').dataset.rejected"));
    }

    [Fact]
    public async Task Each_route_answers_and_is_limited_as_the_page_says()
    {
        await using var app = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(5, await AdmittedAsync(10, () => GetAsync(client, "api/search?q=tea")));
        Assert.Equal(5, await AdmittedAsync(10, () => PostAsync(client, "account/login", new { user = "ann", password = "no" })));
        Assert.Equal(10, await AdmittedAsync(15, () => PostAsync(client, "api/acme/orders", new { product = "mug", quantity = 1, region = "eu" })));
        Assert.Equal(10, await AdmittedAsync(15, () => PostAsync(client, "api/acme/orders", new { product = "mug", quantity = 1, region = "us" })));
        Assert.Equal(5, await AdmittedAsync(10, () => PostAsync(client, "api/uploads", new { name = "a", megabytes = 4 })));
        Assert.Equal(3, await AdmittedAsync(10, () => GetAsync(client, "api/reports/sales")));
        client.DefaultRequestHeaders.Add("X-Api-Key", "admin-key");
        Assert.Equal(10, await AdmittedAsync(10, () => GetAsync(client, "api/reports/sales")));
        Assert.Contains("\"rate limits\":{\"status\":\"Healthy\",\"data\":{\"memory.status\":\"Healthy\",\"memory.latency_ms\":", await client.GetStringAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);

    private static async Task<int> AdmittedAsync(int count, Func<Task<HttpResponseMessage>> send)
    {
        var admitted = 0;
        for (var i = 0; i < count; i++)
        {
            using var response = await send();
            admitted += response.StatusCode == HttpStatusCode.TooManyRequests ? 0 : 1;
            Assert.True((int)response.StatusCode < 500, response.StatusCode.ToString());
        }

        return admitted;
    }

    private static async Task<WebApplication> StartAsync()
    {
        var app = WebApi.Application.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
