using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.Tests.Multi;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Several_backends_are_registered_as_one_and_those_made_for_it_are_disposed_with_it()
    {
        var made = new Remote.RemoteBed();
        var services = new ServiceCollection();
        services.AddSmartRateLimit(options => options.UseMulti(multi => multi.AddBackend(_ => made.Backend).AddMemory()));
        await using (var provider = services.BuildServiceProvider())
        {
            var limiter = provider.GetRequiredService<IRateLimiter>();
            Assert.True((await limiter.AcquireAsync(RateLimitPolicy.Parse("policy", "1/h"), "key")).IsAllowed);
            // Its health is asked for in the background.
            Assert.Single(made.Store.Calls, call => call[0].Policy.Name == "policy");
        }

        Assert.True(made.Store.IsDisposed);
    }
}
