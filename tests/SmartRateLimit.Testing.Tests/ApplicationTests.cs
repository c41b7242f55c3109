using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WebApi;

namespace SmartRateLimit.Testing.Tests;

/// <summary>The sample, as a user tests an application of theirs.</summary>
[Collection("the shared limiter")]
public sealed class ApplicationTests : IDisposable
{
    private readonly TestRateLimiter _limiter = new();
    private readonly WebApplicationFactory<AccountController> _sample = new();
    private readonly WebApplicationFactory<AccountController> _factory;
    private readonly HttpClient _client;

    public ApplicationTests()
    {
        // The store does not exist: with the limiter for tests nobody connects to it.
        _factory = _sample.WithWebHostBuilder(web => web
            .UseSetting("SmartRateLimit:Redis", "192.0.2.1:6379")
            .UseSetting("SmartRateLimit:Policies:search:Rate", "3/m")
            .ConfigureTestServices(services => services.AddSmartRateLimitTesting(_limiter)));
        _client = _factory.CreateClient();
    }

    [Fact]
    public async Task Declared_and_configured_limits_are_enforced_in_memory_on_the_clock()
    {
        Assert.Equal("200 200 200 429", await StatusesAsync(4));

        _limiter.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("200 429", await StatusesAsync(2));
    }

    [Fact]
    public async Task A_told_rejection_is_the_answer_of_the_application()
    {
        _limiter.RejectAll(TimeSpan.FromSeconds(7));

        using var response = await _client.GetAsync(new Uri("/api/search?q=mug", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_backend_that_cannot_decide_can_be_played()
    {
        _limiter.AnswerWith(request => request.Policy.Name == "search" ? TestAnswer.Unavailable() : TestAnswer.Allow);

        Assert.Equal("503", await StatusesAsync(1));
    }

    [Fact]
    public async Task All_limits_of_a_request_are_remembered()
    {
        await StatusesAsync(1);

        Assert.Equal(["default", "api", "search"], _limiter.Decisions.Select(entry => entry.PolicyName));
        Assert.Equal("3/m", _limiter.Decisions[2].Policy.Rates.Single().ToString());
    }

    [Fact]
    public void The_limiter_is_a_service_and_the_shared_one_while_the_application_runs()
    {
        Assert.Same(_limiter, _factory.Services.GetRequiredService<TestRateLimiter>());
        Assert.Same(_limiter, _factory.Services.GetRequiredService<IRateLimiter>());
        Assert.Same(_limiter, SmartRateLimiter.Shared);
    }

    [Fact]
    public void Without_an_application_a_container_is_enough()
    {
        using var services = new ServiceCollection().AddSmartRateLimit(options => options.AddBackend("redis", _ => throw new InvalidOperationException("made")))
            .AddSmartRateLimitTesting().BuildServiceProvider();
        var quotes = new Quotes(services.GetRequiredService<IRateLimiter>());

        Assert.Equal(3, quotes.Store("ann"));
        Assert.Equal("stored", services.GetRequiredService<TestRateLimiter>().Decisions.Single().PolicyName);
    }

    public void Dispose()
    {
        _client.Dispose();
        _factory.Dispose();
        _sample.Dispose();
    }

    private async Task<string> StatusesAsync(int count)
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
        {
            using var response = await _client.GetAsync(new Uri("/api/search?q=mug", UriKind.Relative), TestContext.Current.CancellationToken);
            statuses[i] = (int)response.StatusCode;
        }

        return string.Join(' ', statuses);
    }
}
