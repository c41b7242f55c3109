using Microsoft.AspNetCore.Http.Features;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>Counts what a limit allocates for an admitted request, beside the same request without one.</summary>
public sealed class AllocationTests
{
    private const int Requests = 1_000;

    [Fact]
    public void Without_headers_only_the_status_of_the_request_is_allocated() =>
        Assert.InRange(ExtraBytes(hasHeaders: false), 0, 160);

    [Fact]
    public void Headers_add_no_more_than_their_texts_that_change() =>
        Assert.InRange(ExtraBytes(hasHeaders: true) - ExtraBytes(hasHeaders: false), 0, 800);

    // Seen to fail: the texts of the policies were joined for each response.
    [Fact]
    public void The_text_of_several_policies_is_made_once()
    {
        var (limited, services) = Limited(options => options.LegacyHeaders = false);
        var limits = new[] { "10/s", "100/m", "1000/h" }.Select((rate, i) => new RateLimitedAttribute(rate) { Key = "header:X-Client", Name = $"limit {i}" });
        var endpoint = new Endpoint(null, new EndpointMetadataCollection(limits), "limited");
        var texts = Enumerable.Range(0, 2).Select(_ =>
        {
            var (context, response) = Request(endpoint, services);
            Assert.True(limited(context).IsCompletedSuccessfully);
            response.Start();
            return context.Response.Headers["RateLimit-Policy"].ToString();
        }).ToArray();

        Assert.Equal("\"limit 0\";q=10;w=1, \"limit 1\";q=100;w=60, \"limit 2\";q=1000;w=3600", texts[0]);
        Assert.Same(texts[0], texts[1]);
    }

    private static long ExtraBytes(bool hasHeaders)
    {
        var (limited, services) = Limited(options => options.StandardHeaders = options.LegacyHeaders = hasHeaders);
        var free = new Endpoint(null, EndpointMetadataCollection.Empty, "free");
        var endpoint = new Endpoint(null, new EndpointMetadataCollection(new RateLimitedAttribute("1_000_000_000/s") { Key = "header:X-Client" }), "limited");
        return (Bytes(limited, endpoint, services) - Bytes(limited, free, services)) / Requests;
    }

    private static (RequestDelegate App, IServiceProvider Services) Limited(Action<HttpRateLimitOptions> configure)
    {
        var services = new ServiceCollection().AddLogging().AddRouting().AddSmartRateLimit().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseSmartRateLimit(configure);
        app.Run(static _ => Task.CompletedTask);
        return (app.Build(), services);
    }

    private static long Bytes(RequestDelegate app, Endpoint endpoint, IServiceProvider services)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 12; round++)
        {
            var requests = Enumerable.Range(0, Requests).Select(_ => Request(endpoint, services)).ToArray();
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var (context, response) in requests)
            {
                Assert.True(app(context).IsCompletedSuccessfully);
                response.Start();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static (HttpContext Context, StartingResponse Response) Request(Endpoint endpoint, IServiceProvider services)
    {
        var response = new StartingResponse();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(response);
        var context = new DefaultHttpContext(features) { RequestServices = services };
        context.SetEndpoint(endpoint);
        context.Request.Headers["X-Client"] = "client";
        _ = context.Response.Headers.Count;
        return (context, response);
    }

    /// <summary>A response that starts when it is told to.</summary>
    private sealed class StartingResponse : HttpResponseFeature
    {
        private Func<object, Task>? _callback;
        private object? _state;

        public override void OnStarting(Func<object, Task> callback, object state) => (_callback, _state) = (callback, state);

        public void Start() => _callback?.Invoke(_state!);
    }
}
