using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Remote;

/// <summary>Sharing calls and remembering refusals change nothing that a caller can see.</summary>
public sealed class RemoteBackendContract : BackendContract
{
    protected override IRateLimitBackend CreateBackend(FakeTime time) =>
        new RemoteBackend(new FakeStore(time), new RemoteBackendOptions { TimeProvider = time, MaxRememberedRefusals = 0 });
}
