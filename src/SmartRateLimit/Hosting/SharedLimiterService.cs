using Microsoft.Extensions.Hosting;
using SmartRateLimit.Limiting;

namespace SmartRateLimit.Hosting;

/// <summary>Makes a host's limiter the shared one from its start until it is disposed.</summary>
internal sealed class SharedLimiterService(IRateLimiter limiter) : IHostedLifecycleService, IDisposable
{
    private IDisposable? _registration;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _registration ??= SharedLimiter.Use(limiter);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();
}
