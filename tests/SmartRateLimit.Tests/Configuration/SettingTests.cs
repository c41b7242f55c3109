using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SmartRateLimit.Tests.Configuration;

public sealed class SettingTests
{
    private static readonly RateLimitPolicy Never = RateLimitPolicy.Parse("never", "0/m");

    [Fact]
    public async Task Off_means_that_every_decision_is_skipped()
    {
        using var app = ConfiguredApp.With(("Enabled", "false"));
        var token = TestContext.Current.CancellationToken;
        var decisions = new RateLimitDecision[2];

        Assert.Equal(RateLimitReason.Skipped, app.Limiter.Acquire(Never, "k").Reason);
        Assert.Equal(RateLimitReason.Skipped, (await app.Limiter.AcquireAsync(Never, "k", 1, token)).Reason);
        Assert.Equal(RateLimitReason.Skipped, (await app.Limiter.PeekAsync(Never, "k", token)).Reason);
        Assert.Equal(RateLimitReason.Skipped, app.Limiter.AcquireAll([new(Never, "k"), new(Never, "l")]).Reason);
        Assert.True((await app.Limiter.AcquireAllAsync([new(Never, "k"), new(Never, "l")], decisions, token)).IsAllowed);
        Assert.All(decisions, decision => Assert.Equal(RateLimitReason.Skipped, decision.Reason));
        Assert.Throws<ArgumentOutOfRangeException>(() => app.Limiter.Acquire(Never, "k", -1));
    }

    [Fact]
    public void Off_is_logged_as_a_warning_at_the_start_and_when_it_changes()
    {
        using var app = ConfiguredApp.With(("Enabled", "false"));
        _ = app.Limiter;
        Assert.StartsWith("Rate limiting is switched OFF by SmartRateLimit:Enabled", Assert.Single(app.Log.At(LogLevel.Warning)), StringComparison.Ordinal);

        app.Change(("Enabled", "true"));
        Assert.False(app.Limiter.Acquire(Never, "k").IsAllowed);
        Assert.Equal(2, app.Log.At(LogLevel.Warning).Count());

        app.Change(("Enabled", "false"));
        Assert.True(app.Limiter.Acquire(Never, "k").IsAllowed);
        Assert.Equal(3, app.Log.At(LogLevel.Warning).Count());
    }

    [Fact]
    public async Task A_bucket_is_reset_also_while_limiting_is_off()
    {
        using var app = ConfiguredApp.With(("Enabled", "true"));
        var policy = RateLimitPolicy.Parse("once", "1/h");
        Assert.True(app.Limiter.Acquire(policy, "k").IsAllowed);

        app.Change(("Enabled", "false"));
        await app.Limiter.ResetAsync(policy, "k", TestContext.Current.CancellationToken);
        app.Change(("Enabled", "true"));

        Assert.True(app.Limiter.Acquire(policy, "k").IsAllowed);
    }

    [Fact]
    public void The_backend_of_policies_that_name_none_is_configured()
    {
        using var app = new ConfiguredApp(ConfiguredApp.Settings(("Backend", "second")), options => options.UseMemory().AddBackend("second", new MemoryBackend()));
        var inSecond = RateLimitPolicy.Parse("a", "1/h") with { Backend = "second" };
        var unnamed = RateLimitPolicy.Parse("a", "1/h");
        var inFirst = RateLimitPolicy.Parse("a", "1/h") with { Backend = "memory" };

        Assert.True(app.Limiter.Acquire(inSecond, "k").IsAllowed);
        Assert.False(app.Limiter.Acquire(unnamed, "k").IsAllowed);
        Assert.True(app.Limiter.Acquire(inFirst, "k").IsAllowed);
    }

    [Fact]
    public void The_failure_mode_of_policies_that_set_none_is_configured()
    {
        using var app = ConfiguredApp.With(("OnBackendFailure", "closed"));

        Assert.Equal(FailureMode.Closed, Mode(RateLimitPolicy.Parse("a", "1/h")));
        Assert.Equal(FailureMode.Closed, Mode(RateLimitPolicy.Parse("a", "1/h") with { Burst = 2 }));
        Assert.Equal(FailureMode.Local, Mode(RateLimitPolicy.Parse("b", "1/h") with { OnBackendFailure = FailureMode.Local }));

        FailureMode Mode(RateLimitPolicy policy) => app.Limiter.Acquire(policy, "k", 0).Policy!.OnBackendFailure;
    }

    [Fact]
    public void The_key_prefix_reaches_backends_when_they_are_made()
    {
        var seen = string.Empty;
        using var app = new ConfiguredApp(ConfiguredApp.Settings(("KeyPrefix", "shop")), options => options.AddBackend("remote", services =>
        {
            seen = services.GetRequiredService<IOptions<SmartRateLimitOptions>>().Value.KeyPrefix;
            return new MemoryBackend();
        }));

        _ = app.Limiter;

        Assert.Equal("shop", seen);
    }

    [Fact]
    public void A_changed_key_prefix_waits_for_the_next_start_and_says_so()
    {
        using var app = ConfiguredApp.With(("KeyPrefix", "shop"));
        _ = app.Limiter;

        app.Change(("KeyPrefix", "store"));

        Assert.Contains("KeyPrefix", Assert.Single(app.Log.At(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Empty(app.Log.At(LogLevel.Information));
    }

    [Fact]
    public void A_section_of_its_own_can_be_given()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("My:Limits:Policies:search:Rate", "6/s")]).Build();
        using var app = new ConfiguredApp(ConfiguredApp.Settings(("Policies:search:Rate", "7/s")), register: services => services.AddSmartRateLimit(configuration.GetSection("My:Limits")));

        Assert.Equal(6, app.Limit("search"));

        configuration["My:Limits:Policies:search:Rate"] = "slow";
        configuration.Reload();

        Assert.Equal(6, app.Limit("search"));
        Assert.Contains("My:Limits:Policies:search:Rate", Assert.Single(app.Log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_whole_configuration_the_usual_section_is_read()
    {
        using var app = new ConfiguredApp(register: services => services.AddSmartRateLimit(ConfiguredApp.Settings(("Policies:search:Rate", "6/s"))));

        Assert.Equal(6, app.Limit("search"));
    }

    [Fact]
    public void Without_any_configuration_code_alone_decides()
    {
        using var services = new ServiceCollection().AddSmartRateLimit(options => options.Enabled = false).BuildServiceProvider();

        Assert.Equal(RateLimitReason.Skipped, services.GetRequiredService<IRateLimiter>().Acquire(Never, "k").Reason);
    }

    [Fact]
    public void Two_limiters_that_share_a_policy_each_keep_their_own_settings()
    {
        using var one = ConfiguredApp.With(("Policies:search:Rate", "6/s"));
        using var two = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        var policy = RateLimitPolicy.Parse("search", "5/m");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(6, one.Limiter.Acquire(policy, "k", 0).Limit);
            Assert.Equal(7, two.Limiter.Acquire(policy, "k", 0).Limit);
        }
    }
}
