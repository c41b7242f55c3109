using SmartRateLimit;

namespace WebApi;

/// <summary>Uploads are limited by their size: a megabyte is a permit, and a hundred fit into an hour.</summary>
public static partial class Uploads
{
    [RateLimited("100/h", Key = nameof(ClientOf), Cost = "{upload.Megabytes}", Burst = 20, Name = "uploads")]
    public static partial IResult Accept(Upload upload, HttpContext http, IRateLimiter limiter);

    private static IResult AcceptCore(Upload upload, HttpContext http, IRateLimiter limiter) => Results.Accepted(value: new { upload.Name, upload.Megabytes });

    private static string? ClientOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}

public sealed record Upload(string Name, uint Megabytes);
