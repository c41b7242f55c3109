using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>The same with refusals remembered in the node.</summary>
public sealed class RememberingContract(RedisServerFixture fixture) : RedisContract
{
    protected override int RememberedRefusals => 16_384;

    protected override IConnectionMultiplexer Multiplexer => fixture.Multiplexer;
}
