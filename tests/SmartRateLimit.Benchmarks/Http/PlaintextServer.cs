using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Benchmarks.Http;

/// <summary>A process that answers one line of text over Kestrel, limited or not, and tells what it has cost.</summary>
internal static class PlaintextServer
{
    public const string Argument = "--serve";
    public const string ClientHeader = "X-Client";

    private const string Rate = "1_000_000_000/s";

    public static async Task<int> RunAsync(Limiting limiting)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        Configure(builder.Services, limiting);
        var app = builder.Build();
        Map(app, limiting);
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);

        // Each line asks for the processor time so far; the end of the input is the end of the process.
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(Environment.CpuUsage.TotalTime.Ticks.ToString(CultureInfo.InvariantCulture));
        }

        await app.StopAsync();
        return 0;
    }

    private static void Configure(IServiceCollection services, Limiting limiting)
    {
        if (limiting is Limiting.WithHeaders or Limiting.WithoutHeaders)
        {
            services.AddSmartRateLimit();
        }
        else if (limiting is Limiting.Platform)
        {
            services.AddRateLimiter(options => options.AddPolicy("client", context => RateLimitPartition.GetTokenBucketLimiter(
                context.Request.Headers[ClientHeader].ToString(),
                _ => Memory.Platform.Wide)));
        }
    }

    private static void Map(WebApplication app, Limiting limiting)
    {
        RequestDelegate answer = static context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = 2;
            return context.Response.Body.WriteAsync("ok"u8.ToArray()).AsTask();
        };
        var endpoint = app.MapGet("/", answer);
        switch (limiting)
        {
            case Limiting.WithHeaders:
                app.UseSmartRateLimit();
                endpoint.RateLimited(Rate, "header:" + ClientHeader);
                break;
            case Limiting.WithoutHeaders:
                app.UseSmartRateLimit(options => options.StandardHeaders = options.LegacyHeaders = false);
                endpoint.RateLimited(Rate, "header:" + ClientHeader);
                break;
            case Limiting.Platform:
                app.UseRateLimiter();
                endpoint.RequireRateLimiting("client");
                break;
            case Limiting.None:
            default:
                break;
        }
    }
}
