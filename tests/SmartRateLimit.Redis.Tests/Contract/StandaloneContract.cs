using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

public sealed class StandaloneContract(RedisServerFixture fixture) : RedisContract
{
    protected override IConnectionMultiplexer Multiplexer => fixture.Multiplexer;
}
