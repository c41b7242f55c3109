using SmartRateLimit.Contract;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>The contract of every backend, on the script that ships with a test's clock in it.</summary>
public abstract class RedisContract : BackendContract
{
    protected override int ComparedOperations => 2_000;

    protected override int WaitingRounds => 2;

    protected override long Granule => TimeSpan.TicksPerMicrosecond;

    protected override bool HasMonotonicClock => false;

    protected abstract IConnectionMultiplexer Multiplexer { get; }

    protected override IRateLimitBackend CreateBackend(FakeTime time) =>
        new NeverDegraded(Nodes.Clocked(Multiplexer, time));
}
