using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SmartRateLimit.Tests.Configuration;

public sealed class LiveChangeTests
{
    [Fact]
    public void A_valid_change_applies_to_a_policy_in_use()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        var policy = RateLimitPolicy.Parse("search", "5/m");
        Assert.Equal(7, app.Limiter.Acquire(policy, "k").Limit);

        app.Change(("Policies:search:Rate", "8/s"));

        Assert.Equal(8, app.Limiter.Acquire(policy, "k").Limit);
        Assert.Single(app.Log.At(LogLevel.Information), "The rate limit settings in SmartRateLimit changed and are in force");
    }

    [Fact]
    public void A_setting_that_is_removed_leaves_the_policy_as_declared()
    {
        using var app = ConfiguredApp.With(("Enabled", "true"), ("Policies:search:Rate", "7/s"));
        Assert.Equal(7, app.Limit("search"));

        app.Change(("Policies:search:Rate", null));

        Assert.Equal(5, app.Limit("search"));
    }

    [Theory]
    [InlineData("Policies:search:Rate", "fast")]
    [InlineData("Policies:search:Brust", "5")]
    [InlineData("Enabled", "maybe")]
    [InlineData("Backend", "redis")]
    public void An_invalid_change_is_logged_and_the_last_good_settings_stay(string key, string value)
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        Assert.Equal(7, app.Limit("search"));
        app.Change(("Policies:search:Rate", "8/s"));

        app.Change((key, value), ("Policies:search:MaxWait", "1s"));

        Assert.Equal(8, app.Limit("search"));
        Assert.Equal(TimeSpan.Zero, app.Limiter.Acquire(RateLimitPolicy.Parse("search", "1/m"), "k").Policy!.MaxWait);
        Assert.Contains("SmartRateLimit:" + key, Assert.Single(app.Log.At(LogLevel.Error)), StringComparison.Ordinal);
        Assert.Equal("8/s", app.Services.GetRequiredService<IOptionsMonitor<SmartRateLimitOptions>>().CurrentValue.Policies["search"].Rate);
    }

    [Fact]
    public void A_good_change_after_an_invalid_one_applies()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        Assert.Equal(7, app.Limit("search"));

        app.Change(("Policies:search:Rate", "fast"));
        app.Change(("Policies:search:Rate", "9/s"));

        Assert.Equal(9, app.Limit("search"));
    }

    [Fact]
    public void A_change_that_does_not_fit_a_policy_in_use_leaves_everything_as_it_was()
    {
        using var app = ConfiguredApp.With(("Policies:orders:Rate", "7/s"));
        var window = RateLimitPolicy.Parse("search", "5/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };
        Assert.Equal(5, app.Limiter.Acquire(window, "k").Limit);

        app.Change(("Policies:search:Burst", "9"), ("Policies:orders:Rate", "8/s"));

        Assert.Equal(5, app.Limiter.Acquire(window, "k").Limit);
        Assert.Equal(7, app.Limit("orders"));
        Assert.Contains("SmartRateLimit:Policies:search does not fit", Assert.Single(app.Log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_does_not_fit_a_policy_used_later_leaves_that_policy_as_declared()
    {
        using var app = ConfiguredApp.With(("Enabled", "true"));
        Assert.Equal(5, app.Limit("orders"));

        app.Change(("Policies:search:Burst", "9"), ("Policies:orders:Rate", "8/s"));
        var window = RateLimitPolicy.Parse("search", "5/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };

        Assert.Equal(8, app.Limit("orders"));
        Assert.Equal(5, app.Limiter.Acquire(window, "k").Limit);
        Assert.Contains("SmartRateLimit:Policies:search does not fit", Assert.Single(app.Log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_elsewhere_is_not_reported_as_one_of_the_limits()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        Assert.Equal(7, app.Limit("search"));

        app.Configuration["Other"] = "x";
        app.Change();

        Assert.Empty(app.Log.At(LogLevel.Information));
    }

    [Fact]
    public void A_limiter_whose_services_are_gone_follows_no_change()
    {
        var app = ConfiguredApp.With(("Policies:search:Rate", "7/s"));
        var limiter = app.Limiter;
        app.Dispose();

        app.Change(("Policies:search:Rate", "8/s"));

        Assert.Equal(7, limiter.Acquire(RateLimitPolicy.Parse("search", "5/m"), "k").Limit);
    }

    [Fact]
    public async Task Calls_during_changes_are_decided_by_one_of_the_settings()
    {
        using var app = ConfiguredApp.With(("Policies:search:Rate", "1000000/s"));
        var policy = RateLimitPolicy.Parse("search", "5/m");
        var limiter = app.Limiter;
        using var stop = new CancellationTokenSource();
        var callers = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Contains(limiter.Acquire(policy, "k").Limit, (long[])[1_000_000, 2_000_000]);
            }
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 200; i++)
        {
            app.Change(("Policies:search:Rate", i % 2 == 0 ? "2000000/s" : "1000000/s"));
        }

        await stop.CancelAsync();
        await callers;
    }
}
