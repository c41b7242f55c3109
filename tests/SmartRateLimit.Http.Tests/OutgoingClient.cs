using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartRateLimit.Contract;
using SmartRateLimit.Http;

namespace SmartRateLimit.Tests.Http;

/// <summary>A client named <c>api</c> whose servers are a function.</summary>
internal sealed class OutgoingClient : IDisposable
{
    private readonly ServiceProvider _services;

    public OutgoingClient(Action<IHttpClientBuilder> limit, Action<SmartRateLimitOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSmartRateLimit(options =>
        {
            options.TimeProvider = Time;
            configure?.Invoke(options);
        });
        limit(services.AddHttpClient("api").ConfigurePrimaryHttpMessageHandler(() => new Server(this)));
        _services = services.BuildServiceProvider();
        Http = NewClient();
    }

    public OutgoingClient(string rates, Action<OutgoingRateLimitOptions>? configure = null)
        : this(builder => builder.AddRateLimit(rates, configure))
    {
    }

    public FakeTime Time { get; } = new();

    public HttpClient Http { get; }

    /// <summary>What every server answers.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK);

    /// <summary>What every answer to an asynchronous call waits for.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public int Sent { get; private set; }

    public HttpClient NewClient() => _services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

    public Task<HttpResponseMessage> GetAsync(string uri = "https://one.example/", CancellationToken? token = null) =>
        Http.GetAsync(new Uri(uri), token ?? TestContext.Current.CancellationToken);

    public async Task<RateLimitExceededException> RejectedAsync(string uri = "https://one.example/")
    {
        var before = Sent;
        var rejection = await Assert.ThrowsAsync<RateLimitExceededException>(() => GetAsync(uri));
        Assert.Equal(before, Sent);
        return rejection;
    }

    public void Dispose()
    {
        Http.Dispose();
        _services.Dispose();
    }

    private sealed class Server(OutgoingClient client) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = Send(request, cancellationToken);
            await client.Hold;
            return response;
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            client.Sent++;
            return client.Answer(request);
        }
    }
}
