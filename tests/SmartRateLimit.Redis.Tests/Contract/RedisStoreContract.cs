using SmartRateLimit.Contract;
using SmartRateLimit.Redis.Connections;

namespace SmartRateLimit.Redis.Tests.Contract;

public sealed class RedisStoreContract(RedisServerFixture fixture) : BackendContract
{
    // A bucket that the test's clock leaves untouched must not expire by the server's.
    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(1);

    protected override int ComparedOperations => 5_000;

    protected override long Granule => TimeSpan.TicksPerMicrosecond;

    protected override bool HasMonotonicClock => false;

    protected override IRateLimitBackend CreateBackend(FakeTime time) => new StoreBackend(
        new RedisStore(new GivenConnection(fixture.Multiplexer), RedisServerFixture.NewPrefix(), ClockedScript.Of(time), IdleTime));
}
