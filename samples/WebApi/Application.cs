using SmartRateLimit;

namespace WebApi;

/// <summary>
/// A shop's API whose every route is limited in the way that suits it. GET / shows the limits at work. Buckets are kept in
/// memory, in Redis where the environment says SmartRateLimit__Redis=localhost:6379, or in MongoDB where it says
/// SmartRateLimit__MongoDB=mongodb://localhost:27017.
/// </summary>
public static class Application
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Application).Assembly.GetName().Name });
        builder.Services.AddSmartRateLimit();
        builder.Services.AddSmartRateLimitRedis(redis => redis.KeyPrefix = "shop");
#if WITH_MONGODB
        builder.Services.AddSmartRateLimitMongoDB(mongo => mongo.KeyPrefix = "shop");
#else
        builder.Services.AddRateLimitBackendKind("mongodb", (_, _) => throw new FormatException(
            "this build left MongoDB out, since not all packages that its driver needs were to be had; build with WithMongoDB=true in the environment where they are."));
#endif
        builder.Services.AddHealthChecks().AddSmartRateLimit();
        builder.Services.AddControllers();

        var app = builder.Build();
        app.UseSmartRateLimit(options =>
        {
            options.ApiKeySource = "header:X-Api-Key";
            options.ValidateApiKey = (_, key) => Staff.Knows(key);
        });

        app.MapPage();
        app.MapHealth();

        // Everything under /api shares 300 requests a minute: per staff member, or per address for everybody else.
        var api = app.MapGroup("/api").RateLimited("300/m", HttpKey.ApiKey + "|" + HttpKey.Ip, limit => limit.Name = "api");
        api.MapGet("/search", [RateLimited("5/10s; 200/h", Key = HttpKey.Ip, Name = "search")] (string? q) => Catalog.Search(q));
        api.MapPost("/{tenant}/orders", Orders.PlaceAsync);
        api.MapPost("/uploads", Uploads.AcceptAsync);
        api.MapGet("/reports/sales", Reports.SalesAsync);
        app.MapControllers();
        return app;
    }
}
