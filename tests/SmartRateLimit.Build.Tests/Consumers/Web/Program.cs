using SmartRateLimit;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSmartRateLimit();
var app = builder.Build();
app.UseSmartRateLimit();
app.MapGet("/search", [RateLimited("2/h", Key = HttpKey.Ip)] (string q) => q);
app.MapGet("/orders/{tenant}", Orders.Get);
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
foreach (var path in new[] { "/search?q=a", "/orders/ann" })
{
    for (var call = 0; call < 3; call++)
    {
        using var response = await client.GetAsync(path);
        Console.Write($"{(int)response.StatusCode} ");
    }
}

Console.WriteLine();
await app.StopAsync();

internal static partial class Orders
{
    [RateLimited("2/h", Key = nameof(tenant))]
    public static partial IResult Get(string tenant);

    private static IResult GetCore(string tenant) => Results.Ok(tenant);
}
