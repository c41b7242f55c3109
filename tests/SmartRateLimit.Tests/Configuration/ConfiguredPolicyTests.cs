using Microsoft.Extensions.Configuration;

namespace SmartRateLimit.Tests.Configuration;

public sealed class ConfiguredPolicyTests
{
    [Fact]
    public void A_configured_rate_replaces_that_of_the_policy_of_its_name_and_no_other()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "7/s; 90/h"));

        Assert.Equal(7, app.Limit("search"));
        Assert.Equal(5, app.Limit("orders"));
        Assert.Equal([new Rate(7, TimeSpan.FromSeconds(1)), new Rate(90, TimeSpan.FromHours(1))], InForce(app, RateLimitPolicy.Parse("search", "5/m")).Rates);
    }

    [Fact]
    public void Every_number_of_a_policy_can_be_configured()
    {
        using var app = new ConfiguredApp(
            ConfiguredApp.Settings(
                ("Policies:a:Rate", "10/s"),
                ("Policies:a:Algorithm", "leakybucket"),
                ("Policies:a:Burst", "4"),
                ("Policies:a:InitialPermits", "3"),
                ("Policies:a:MaxWait", "250ms"),
                ("Policies:a:OnBackendFailure", "Closed"),
                ("Policies:a:Backend", "second"),
                ("Policies:a:Shadow", "true"),
                ("Policies:b:Algorithm", "FixedWindow"),
                ("Policies:b:AlignToClock", "false")),
            options => options.UseMemory().AddBackend("second", new MemoryBackend()));

        var expected = RateLimitPolicy.Parse("a", "10/s") with
        {
            Algorithm = RateLimitAlgorithm.LeakyBucket,
            Burst = 4,
            InitialPermits = 3,
            MaxWait = TimeSpan.FromMilliseconds(250),
            OnBackendFailure = FailureMode.Closed,
            Backend = "second",
            Shadow = true,
        };
        Assert.Equal(expected, InForce(app, RateLimitPolicy.Parse("a", "1/m")));
        Assert.Equal(
            RateLimitPolicy.Parse("b", "1/m") with { Algorithm = RateLimitAlgorithm.FixedWindow, AlignToClock = false },
            InForce(app, RateLimitPolicy.Parse("b", "1/m")));
    }

    [Fact]
    public void What_is_not_configured_stays_as_declared()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        var declared = RateLimitPolicy.Parse("search", "5/m") with { Burst = 20, Shadow = true, MaxWait = TimeSpan.FromSeconds(1) };

        Assert.Equal(declared with { Rates = [Rate.Parse("7/s")] }, InForce(app, declared));
    }

    [Fact]
    public void An_algorithm_drops_the_settings_that_mean_nothing_to_it()
    {
        using var app = ConfiguredApp.With(("Policies:search:Algorithm", "SlidingWindow"), ("Policies:login:Algorithm", "TokenBucket"));
        var bucket = RateLimitPolicy.Parse("search", "5/m") with { Burst = 20, InitialPermits = 1, MaxWait = TimeSpan.FromSeconds(1) };
        var window = RateLimitPolicy.Parse("login", "5/m") with { Algorithm = RateLimitAlgorithm.FixedWindow, AlignToClock = false };

        Assert.Equal(RateLimitPolicy.Parse("search", "5/m") with { Algorithm = RateLimitAlgorithm.SlidingWindow }, InForce(app, bucket));
        Assert.Equal(RateLimitPolicy.Parse("login", "5/m"), InForce(app, window));
    }

    [Fact]
    public void A_wait_can_be_taken_away()
    {
        using var app = ConfiguredApp.With(("Policies:search:MaxWait", "0"));

        Assert.Equal(TimeSpan.Zero, InForce(app, RateLimitPolicy.Parse("search", "5/m") with { MaxWait = TimeSpan.FromSeconds(1) }).MaxWait);
    }

    [Fact]
    public void A_policys_name_may_hold_colons_as_a_route_does()
    {
        using var app = ConfiguredApp.With(("Policies:GET /orders/{id:int}:Rate", "9/m"), ("Policies:GET /orders/{id:int}:Burst", "12"));

        Assert.Equal(12, app.Limit("GET /orders/{id:int}"));
        Assert.Equal(5, app.Limit("GET /orders/{id"));
    }

    [Fact]
    public void Environment_variables_configure_a_policy_in_whatever_case()
    {
        Environment.SetEnvironmentVariable("SmartRateLimit__Policies__from_the_environment__Rate", "11/s");
        using var app = new ConfiguredApp(new ConfigurationBuilder().AddEnvironmentVariables().Build());

        Assert.Equal(11, app.Limit("from_the_environment"));
        Assert.Equal(11, app.Limit("From_The_Environment"));
    }

    [Fact]
    public void Configuration_replaces_what_code_says_and_leaves_the_rest()
    {
        using var app = new ConfiguredApp(ConfiguredApp.Settings(("Policies:search:Rate", "7/s")), options =>
        {
            options.Policies["Search"] = new RateLimitPolicyOverride { Rate = "3/s", Burst = 30 };
            options.Policies["orders"] = new RateLimitPolicyOverride { Rate = "4/s" };
        });

        Assert.Equal(RateLimitPolicy.Parse("search", "7/s") with { Burst = 30 }, InForce(app, RateLimitPolicy.Parse("search", "5/m")));
        Assert.Equal(4, app.Limit("orders"));
    }

    [Fact]
    public void Changed_numbers_keep_what_was_spent()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "5/h"));
        var policy = RateLimitPolicy.Parse("search", "1/h");
        for (var i = 0; i < 5; i++)
        {
            Assert.True(app.Limiter.Acquire(policy, "k").IsAllowed);
        }

        app.Change(("Policies:search:Rate", "6/h"));

        Assert.True(app.Limiter.Acquire(policy, "k").IsAllowed);
        Assert.False(app.Limiter.Acquire(policy, "k").IsAllowed);
    }

    private static RateLimitPolicy InForce(ConfiguredApp app, RateLimitPolicy policy) => app.Limiter.Acquire(policy, "k", cost: 0).Policy!;
}
