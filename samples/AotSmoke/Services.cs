using System.Diagnostics.CodeAnalysis;
using SmartRateLimit;

namespace AotSmoke;

/// <summary>Annotated methods of several shapes.</summary>
internal sealed partial class Reports(IRateLimiter limiter)
{
    [RateLimited("2/h", Key = nameof(user))]
    public partial string Print(string user);

    [RateLimited("3/h", Key = "{user}:{page}")]
    public partial ValueTask<int> CountAsync(string user, int page);

    [RateLimited("1/h", Key = nameof(KeyOf))]
    [RateLimited("10/h", Key = RateLimitKey.Global)]
    public partial Task SendAsync(Guid report);

    [RateLimited("1_000_000_000/s", Key = nameof(user))]
    public partial int Touch(string user);

    private static string PrintCore(string user) => user;

    private static ValueTask<int> CountAsyncCore(string user, int page) => new(user.Length + page);

    private static Task SendAsyncCore(Guid report) => Task.CompletedTask;

    private static int TouchCore(string user) => user.Length;

    private static Guid KeyOf(Guid report) => report;
}

/// <summary>An interface whose calls are limited by a decorator.</summary>
internal interface IForecast
{
    [RateLimited("2/h", Key = nameof(city))]
    int Temperature(string city);
}

/// <summary>What is decorated.</summary>
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "The service provider creates it.")]
internal sealed class Forecast : IForecast
{
    public int Temperature(string city) => city.Length;
}
