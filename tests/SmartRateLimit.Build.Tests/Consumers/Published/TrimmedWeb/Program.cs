using SmartRateLimit;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSmartRateLimit();
var app = builder.Build();
app.UseSmartRateLimit();
app.MapGet("/search", [RateLimited("2/h", Key = nameof(Callers.Key), KeyType = typeof(Callers))] (string q) => q);
app.MapGet("/orders/{tenant}", Orders.Get);
app.MapGroup("/fluent").RateLimited("1/h", HttpKey.Ip).MapGet("/", () => "fluent");
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
foreach (var path in new[] { "/search?q=a", "/orders/ann", "/fluent/" })
{
    for (var call = 0; call < 3; call++)
    {
        using var response = await client.GetAsync(path);
        Console.Write($"{(int)response.StatusCode} ");
    }
}

Console.WriteLine();
await app.StopAsync();

internal static class Callers
{
    public static string Key(HttpContext http) => http.Request.Headers.UserAgent.ToString();
}

internal static partial class Orders
{
    [RateLimited("2/h", Key = nameof(tenant))]
    public static partial IResult Get(string tenant);

    private static IResult GetCore(string tenant) => TypedResults.Text(tenant);
}
