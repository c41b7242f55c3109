using Microsoft.Extensions.Options;
using SmartRateLimit.Limiting;

namespace SmartRateLimit.Hosting;

/// <summary>Makes the limiter of one service provider, and disposes the backends that were made for it.</summary>
internal sealed class LimiterHost : IDisposable, IAsyncDisposable
{
    private readonly List<IRateLimitBackend> _owned = [];

    public LimiterHost(IOptions<SmartRateLimitOptions> options, IServiceProvider services)
    {
        var settings = options.Value;
        var backends = new List<(string, IRateLimitBackend)>();
        foreach (var registration in settings.Backends)
        {
            var backend = registration.Create(services)
                ?? throw new InvalidOperationException($"The function that makes the backend \"{registration.Name}\" returned null.");
            backends.Add((registration.Name, backend));
            if (registration.IsOwned)
            {
                _owned.Add(backend);
            }
        }

        if (backends.Count == 0)
        {
            backends.Add(("memory", new MemoryBackend(new MemoryBackendOptions { TimeProvider = settings.TimeProvider })));
        }

        Limiter = new SmartRateLimiter(new BackendSet(backends), settings.TimeProvider);
    }

    public SmartRateLimiter Limiter { get; }

    public void Dispose()
    {
        foreach (var backend in _owned)
        {
            (backend as IDisposable)?.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var backend in _owned)
        {
            if (backend is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (backend as IDisposable)?.Dispose();
            }
        }
    }
}
