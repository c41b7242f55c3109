using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

public sealed class StandaloneContract(RedisServerFixture fixture) : RedisContract
{
    protected override int ComparedOperations => 10_000;

    protected override IConnectionMultiplexer Multiplexer => fixture.Multiplexer;
}
