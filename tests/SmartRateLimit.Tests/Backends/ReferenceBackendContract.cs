using SmartRateLimit.Contract;
using SmartRateLimit.Contract.Model;

namespace SmartRateLimit.Tests.Backends;

/// <summary>The model must itself do what it is the measure of.</summary>
public sealed class ReferenceBackendContract : InProcessBackendContract
{
    protected override int ComparedOperations => 1_000;

    protected override IRateLimitBackend CreateBackend(FakeTime time) => new ReferenceBackend(time);
}
