using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Backends;

public sealed class MemoryBackendContract : InProcessBackendContract
{
    protected override IRateLimitBackend CreateBackend(FakeTime time) =>
        new MemoryBackend(new MemoryBackendOptions { TimeProvider = time });
}
