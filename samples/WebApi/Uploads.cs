using SmartRateLimit;

namespace WebApi;

/// <summary>Uploads are limited by their size: a megabyte is a permit, and a hundred fit into an hour.</summary>
public static partial class Uploads
{
    [RateLimited("100/h", Key = HttpKey.Ip, Cost = "{upload.Megabytes}", Burst = 20, Name = "uploads")]
    public static partial Task<IResult> AcceptAsync(Upload upload, HttpContext http, IRateLimiter limiter);

    private static Task<IResult> AcceptAsyncCore(Upload upload, HttpContext http, IRateLimiter limiter) =>
        Task.FromResult(Results.Accepted(value: new { upload.Name, upload.Megabytes }));
}

public sealed record Upload(string Name, uint Megabytes);
