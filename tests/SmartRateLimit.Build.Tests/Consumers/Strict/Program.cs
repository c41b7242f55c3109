#pragma warning disable CA1303 // the tests read what is written
using SmartRateLimit;

namespace Strict;

internal static class Program
{
    private static async Task Main()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var service = new Service(limiter);
        await RunAsync(service, new RateLimitedForecast(new Forecast(), limiter)).ConfigureAwait(false);
        for (var call = 0; call < 3; call++)
        {
            try
            {
                service.Run("ann");
                Console.Write("yes ");
            }
            catch (RateLimitExceededException exception)
            {
                Console.WriteLine("no: " + exception.PolicyName);
            }
        }
    }

    private static async Task RunAsync(Service service, RateLimitedForecast forecast)
    {
        await service.StopAsync("ann", 1).ConfigureAwait(false);
        await service.FindAsync("ann", CancellationToken.None).ConfigureAwait(false);
        await forecast.AskAsync("Rome").ConfigureAwait(false);
        await foreach (var number in service.List("ann", default).ConfigureAwait(false))
        {
            await service.FindAsync("ann" + number, CancellationToken.None).ConfigureAwait(false);
        }
    }
}

internal sealed partial class Service(IRateLimiter limiter)
{
    [RateLimited("2/h", Key = nameof(caller))]
    public partial int Run(string caller);

    [RateLimited("2/h; 9/d", Key = "{caller}:{page}", OnRejected = nameof(Refused))]
    public partial Task StopAsync(string caller, int page);

    [RateLimited("2/h", Key = nameof(caller), Burst = 5)]
    [RateLimited("100/d", Key = RateLimitKey.Global)]
    public partial ValueTask<string?> FindAsync(string caller, CancellationToken cancellationToken);

    [RateLimited("2/h", Key = nameof(caller))]
    public partial IAsyncEnumerable<int> List(string caller, CancellationToken cancellationToken);

    private static int RunCore(string caller) => caller.Length;

    private static Task StopAsyncCore(string caller, int page) => Task.Delay(caller.Length + page);

    private static Task Refused() => Task.CompletedTask;

    private static ValueTask<string?> FindAsyncCore(string caller, CancellationToken cancellationToken) =>
        new(cancellationToken.CanBeCanceled ? null : caller);

    private static async IAsyncEnumerable<int> ListCore(string caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken).ConfigureAwait(false);
        yield return caller.Length;
    }
}

/// <summary>An interface whose calls are limited.</summary>
internal interface IForecast
{
    /// <summary>How warm it is.</summary>
    /// <param name="city">Where.</param>
    /// <returns>Degrees.</returns>
    [RateLimited("2/h", Key = nameof(city))]
    Task<int> AskAsync(string city);
}

internal sealed class Forecast : IForecast
{
    public Task<int> AskAsync(string city) => Task.FromResult(city.Length);
}
