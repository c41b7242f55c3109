using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SmartRateLimit.Tests.Hosting;

/// <summary>The shared limiter belongs to the process, so these run one after another.</summary>
public sealed class AddSmartRateLimitTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("hosting", "1/d");

    // Seen to fail: the first backend was returned whatever was asked for.
    [Fact]
    public void A_backend_of_the_limiter_is_found_by_its_name()
    {
        var own = new MemoryBackend();
        using var services = new ServiceCollection()
            .AddSmartRateLimit(options => options.AddBackend("first", own).AddBackend("second", _ => new MemoryBackend()))
            .BuildServiceProvider();

        Assert.Same(own, services.GetRateLimitBackend("first"));
        Assert.NotSame(own, services.GetRateLimitBackend("second"));
        services.GetRequiredService<IRateLimiter>().Acquire(Policy, "key");
        Assert.Equal(0, services.GetRateLimitBackend("first").Peek(Policy, "key").Remaining);

        var unknown = Assert.Throws<ArgumentException>(() => services.GetRateLimitBackend("third"));
        Assert.StartsWith("There is no backend \"third\"; registered are \"first\", \"second\".", unknown.Message, StringComparison.Ordinal);
        using var none = new ServiceCollection().BuildServiceProvider();
        Assert.Contains("AddSmartRateLimit", Assert.Throws<InvalidOperationException>(() => none.GetRateLimitBackend("first")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_makes_its_limiter_the_shared_one_while_it_runs()
    {
        var before = SmartRateLimiter.Shared;
        using (var host = Build())
        {
            Assert.Same(before, SmartRateLimiter.Shared);
            await host.StartAsync();
            Assert.Same(host.Services.GetRequiredService<IRateLimiter>(), SmartRateLimiter.Shared);
            await host.StopAsync();
        }

        Assert.Same(before, SmartRateLimiter.Shared);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hosts_may_end_in_any_order(bool firstEndsFirst)
    {
        var before = SmartRateLimiter.Shared;
        var (one, other) = (Build(), Build());
        await one.StartAsync();
        await other.StartAsync();
        Assert.Same(other.Services.GetRequiredService<IRateLimiter>(), SmartRateLimiter.Shared);
        var (ends, stays) = firstEndsFirst ? (one, other) : (other, one);
        var expected = stays.Services.GetRequiredService<IRateLimiter>();
        ends.Dispose();
        Assert.Same(expected, SmartRateLimiter.Shared);
        stays.Dispose();
        Assert.Same(before, SmartRateLimiter.Shared);
    }

    [Fact]
    public async Task Hosts_that_inject_their_limiters_keep_their_own_limits()
    {
        using var one = Build();
        using var other = Build();
        await one.StartAsync();
        await other.StartAsync();
        var (first, second) = (one.Services.GetRequiredService<IRateLimiter>(), other.Services.GetRequiredService<IRateLimiter>());
        Assert.True(first.Acquire(Policy, "key").IsAllowed);
        Assert.True(second.Acquire(Policy, "key").IsAllowed);
        Assert.False(first.Acquire(Policy, "key").IsAllowed);
        Assert.False(second.Acquire(Policy, "key").IsAllowed);
    }

    [Fact]
    public void The_limiter_is_a_singleton_and_registering_twice_adds_up()
    {
        var services = new ServiceCollection();
        services.AddSmartRateLimit(options => options.AddBackend("one", new MemoryBackend()));
        services.AddSmartRateLimit(options => options.AddBackend("two", new MemoryBackend()));
        using var provider = services.BuildServiceProvider();
        var limiter = provider.GetRequiredService<IRateLimiter>();
        Assert.Same(limiter, provider.GetRequiredService<IRateLimiter>());
        Assert.Single(services, service => service.ServiceType == typeof(IRateLimiter));
        Assert.True(limiter.Acquire(Policy with { Backend = "one" }, "key").IsAllowed);
        Assert.True(limiter.Acquire(Policy with { Backend = "two" }, "key").IsAllowed);
        Assert.False(limiter.Acquire(Policy, "key").IsAllowed);
    }

    [Theory]
    [InlineData("", "without a name")]
    [InlineData("twice", "registered 2 times")]
    public async Task Options_that_are_wrong_stop_the_start_with_a_readable_error(string name, string message)
    {
        using var host = Build(options => options.AddBackend(name, new RecordingBackend()).AddBackend(name, new RecordingBackend()));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_memory_backend_with_no_room_stops_the_start()
    {
        var before = SmartRateLimiter.Shared;
        using var host = Build(options => options.UseMemory(memory => memory.MaxKeys = 0));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains("MaxKeys", error.Message, StringComparison.Ordinal);
        Assert.Same(before, SmartRateLimiter.Shared);
    }

    [Fact]
    public void A_policy_that_names_an_unknown_backend_is_an_error()
    {
        using var host = Build(options => options.UseMemory(memory => memory.MaxKeys = 10_000));
        var limiter = host.Services.GetRequiredService<IRateLimiter>();
        var error = Assert.Throws<ArgumentException>(() => limiter.Acquire(Policy with { Backend = "redis" }, "key"));
        Assert.Contains("\"redis\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"memory\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_has_the_backends_decide_before_anybody_is_served()
    {
        var backend = new ColdBackend(failures: 1);
        using var host = Build(options => options.AddBackend("cold", backend));
        await host.StartAsync();
        Assert.Equal(2, backend.Asked);
    }

    private static IHost Build(Action<SmartRateLimitOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSmartRateLimit(configure);
        return builder.Build();
    }
}
