using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.Redis.Tests;

/// <summary>Redis as one of several backends of an application.</summary>
public sealed class MultiRegistrationTests(RedisServerFixture fixture)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_applications_with_Redis_before_memory_hold_one_limit(bool ownConnection)
    {
        var prefix = RedisServerFixture.NewPrefix();
        await using var one = Services(prefix, ownConnection);
        await using var other = Services(prefix, ownConnection);
        var policy = RateLimitPolicy.Parse("policy", "1/w");

        Assert.True((await Limiter(one).AcquireAsync(policy, "key", 1, TestContext.Current.CancellationToken)).IsAllowed);
        Assert.False((await Limiter(other).AcquireAsync(policy, "key", 1, TestContext.Current.CancellationToken)).IsAllowed);
    }

    private static IRateLimiter Limiter(IServiceProvider services) => services.GetRequiredService<IRateLimiter>();

    private ServiceProvider Services(string prefix, bool ownConnection) => new ServiceCollection()
        .AddSmartRateLimit(options => options.UseMulti(multi => (ownConnection
            ? multi.AddRedis(fixture.Server.EndPoint.ToString()!, With(prefix))
            : multi.AddRedis(fixture.Multiplexer, With(prefix))).AddMemory()))
        .BuildServiceProvider();

    private static Action<RedisBackendOptions> With(string prefix) => redis =>
    {
        redis.KeyPrefix = prefix;
        redis.Timeout = TimeSpan.FromSeconds(10);
    };
}
