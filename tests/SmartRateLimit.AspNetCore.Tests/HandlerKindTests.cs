using System.Net;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class HandlerKindTests
{
    private static readonly Caller Somebody = new();

    private static readonly Dictionary<string, Func<Caller, Caller>> Others = new()
    {
        ["http:ip"] = caller => caller with { Ip = "192.0.2.2" },
        ["http:user"] = caller => caller with { User = "bob" },
        ["header:X-Key"] = caller => caller with { Header = "h2" },
        ["claim:team"] = caller => caller with { Team = "blue" },
        ["query:q"] = caller => caller with { Query = "q2" },
        ["route:id"] = caller => caller with { Route = "2" },
        ["cookie:sid"] = caller => caller with { Cookie = "c2" },
        ["http:host"] = caller => caller with { Host = "other.example" },
        ["http:method"] = caller => caller with { Method = "POST" },
        ["http:session"] = caller => caller with { Session = "second" },
        ["http:tenant"] = caller => caller with { Tenant = "t2" },
        ["http:apikey"] = caller => caller with { ApiKey = "k2" },
        ["function"] = caller => caller with { Function = "f2" },
    };

    public static TheoryData<string, string> KindsAndSources()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in EveryKind.Paths)
        {
            foreach (var source in Others.Keys)
            {
                // A hub is negotiated with POST only.
                if (source != "http:method" || !path.StartsWith("/hub", StringComparison.Ordinal))
                {
                    data.Add(path, source);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndSources))]
    public async Task A_handler_of_this_kind_counts_apart_what_this_source_tells_apart(string path, string source)
    {
        await using var app = await StartAsync();
        var first = await new Sessions(app).EstablishAsync();
        var other = Others[source](Somebody);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, path, Somebody, first));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(app, path, Somebody, first));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, path, other, first));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(app, path, other, first));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.UseSession();
            app.UseSmartRateLimit(options =>
            {
                options.TenantSource = "header:X-Tenant";
                options.ApiKeySource = "header:X-Api-Key";
            });
            EveryKind.Map(app);
            app.MapGet("/establish", (HttpContext context) => context.Session.SetString("known", "yes"));
        },
        builder =>
        {
            builder.Services.AddDistributedMemoryCache();
            builder.Services.AddSession();
            builder.Services.AddSignalR();
        });

    private static async Task<HttpStatusCode> StatusAsync(TestApp app, string path, Caller caller, IReadOnlyDictionary<string, string> sessions)
    {
        using var request = caller.Request(path, sessions);
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
