using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace SmartRateLimit.Hosting;

/// <summary>
/// Has each backend decide once before the application serves anybody: connecting and compiling take longer than a caller
/// would wait, and the first callers would be answered by the failure mode. A store that is down does not stop the start.
/// </summary>
internal sealed class BackendWarmUp(IRateLimiter limiter) : IHostedService
{
    // Fewer than the failures in a row that open a circuit.
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (limiter is not SmartRateLimiter own)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Longest);
        await Task.WhenAll(own.Table.Backends.All.Select(entry => DecideAsync(entry.Backend, patience.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What is wrong with a backend is for its health and its failure mode to say.")]
    private static async Task DecideAsync(IRateLimitBackend backend, CancellationToken patience)
    {
        for (var attempt = 1; attempt <= Attempts && !patience.IsCancellationRequested; attempt++)
        {
            try
            {
                if ((await backend.CheckHealthAsync(patience).AsTask().WaitAsync(patience).ConfigureAwait(false)).IsHealthy)
                {
                    return;
                }

                await Task.Delay(Pause * attempt, patience).ConfigureAwait(false);
            }
            catch (Exception)
            {
            }
        }
    }
}
