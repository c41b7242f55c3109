using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Limiting;

/// <summary>
/// What every backend must do, asked for as generated code does: that has a way of its own to an admission, which nothing
/// else in the suites takes.
/// </summary>
public abstract class CalledContract(Way way) : InProcessBackendContract
{
    protected override int ComparedOperations => 10_000;

    protected override IRateLimitBackend CreateBackend(FakeTime time) =>
        new CalledBackend(way, new MemoryBackend(new MemoryBackendOptions { TimeProvider = time }), time);
}

public sealed class CallOnAPartContract() : CalledContract(Way.Part);

public sealed class CallOnAPairContract() : CalledContract(Way.Pair);

public sealed class CallOnAKeyContract() : CalledContract(Way.Key);
