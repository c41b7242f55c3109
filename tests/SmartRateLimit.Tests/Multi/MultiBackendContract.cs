using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Multi;

/// <summary>A healthy first backend behind a list is the same backend.</summary>
public sealed class MultiBackendContract : BackendContract, IDisposable
{
    private MultiBackend? _backend;

    public void Dispose() => _backend?.Dispose();

    // An hour between checks: the suite moves its clock by years.
    protected override IRateLimitBackend CreateBackend(FakeTime time) => _backend = new MultiBackend(
        [new MemoryBackend(new MemoryBackendOptions { TimeProvider = time, Name = "first" }), new MemoryBackend(new MemoryBackendOptions { TimeProvider = time, Name = "second" })],
        new MultiBackendOptions { TimeProvider = time, HealthCheckInterval = TimeSpan.FromDays(40) });
}
