using SmartRateLimit;

namespace WebApi;

/// <summary>
/// A partial handler: the limit is enforced after the body was bound, so its key may use what the body says. Each tenant
/// has ten orders a minute for each region.
/// </summary>
public static partial class Orders
{
    private static int _last;

    [RateLimited("10/m", Key = "{tenant}:{order.Region}", Name = "orders")]
    public static partial Task<IResult> PlaceAsync(string tenant, Order order, HttpContext http, IRateLimiter limiter);

    private static Task<IResult> PlaceAsyncCore(string tenant, Order order, HttpContext http, IRateLimiter limiter) => Task.FromResult(
        Results.Created($"/api/{tenant}/orders/{Interlocked.Increment(ref _last)}", new { tenant, order.Product, order.Quantity, order.Region }));
}

public sealed record Order(string Product, int Quantity, string Region);
