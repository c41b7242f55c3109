using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SmartRateLimit.Tests.Configuration;

public sealed class BadSettingTests
{
    [Theory]
    [InlineData("Enabeld", "true", "SmartRateLimit:Enabeld is no setting of the rate limiter; did you mean Enabled?")]
    [InlineData("Zzz", "true", "SmartRateLimit:Zzz is no setting of the rate limiter; there are Backend, Backends, Enabled, HashKeysInLogs, KeyPrefix, OnBackendFailure, Policies, Strategy.")]
    [InlineData("Enabled", "yes", "SmartRateLimit:Enabled is \"yes\"; write true or false.")]
    [InlineData("Enabled:x", "yes", "SmartRateLimit:Enabled is a section, but it takes one value.")]
    [InlineData("OnBackendFailure", "Close", "SmartRateLimit:OnBackendFailure is \"Close\"; did you mean Closed?")]
    [InlineData("OnBackendFailure", "1", "SmartRateLimit:OnBackendFailure is \"1\"; write one of Local, Open, Closed.")]
    [InlineData("Backend", "memroy", "SmartRateLimit:Backend is \"memroy\"; did you mean memory?")]
    [InlineData("Backend", "redis", "SmartRateLimit:Backend is \"redis\", but registered are memory.")]
    [InlineData("KeyPrefix", "my app", "SmartRateLimit:KeyPrefix is \"my app\"; write up to 100 characters without spaces or braces.")]
    [InlineData("Policies", "x", "SmartRateLimit:Policies is \"x\"; write a section for each policy")]
    [InlineData("Policies:search", "10/s", "SmartRateLimit:Policies:search is \"10/s\"; write what it replaces, such as SmartRateLimit:Policies:search:Rate.")]
    [InlineData("Policies:search:Rat", "10/s", "SmartRateLimit:Policies:search:Rat is no setting of a policy; did you mean Rate?")]
    [InlineData("Policies:search:Rate", "10/x", "SmartRateLimit:Policies:search:Rate: The rate \"10/x\" is invalid at position 3")]
    [InlineData("Policies:search:Burst", "many", "SmartRateLimit:Policies:search:Burst is \"many\"; write a number of permits in digits, such as 20.")]
    [InlineData("Policies:search:Burst", "-1", "SmartRateLimit:Policies:search:Burst is \"-1\"; write a number of permits in digits, such as 20.")]
    [InlineData("Policies:search:MaxWait", "00:00:01", "SmartRateLimit:Policies:search:MaxWait is \"00:00:01\"; write a count and a unit, such as 500ms or 2s, or 0 for none.")]
    [InlineData("Policies:search:Algorithm", "TokenBuket", "SmartRateLimit:Policies:search:Algorithm is \"TokenBuket\"; did you mean TokenBucket?")]
    [InlineData("Policies:search:Backend", "redis", "SmartRateLimit:Policies:search:Backend is \"redis\", but registered are memory.")]
    public void A_bad_setting_is_named_with_its_value_and_what_would_be_right(string key, string value, string message)
    {
        using var app = ConfiguredApp.With((key, value));

        var error = Assert.Throws<OptionsValidationException>(() => app.Limiter);

        Assert.Contains(message, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_setting_is_named_at_once()
    {
        using var app = ConfiguredApp.With(("Enabled", "yes"), ("Policies:a:Burst", "x"), ("Policies:b:Rate", "1/q"));

        Assert.Equal(3, Assert.Throws<OptionsValidationException>(() => app.Limiter).Failures.Count());
    }

    [Theory]
    [InlineData("Burst", "Algorithm=FixedWindow", "Burst=3")]
    [InlineData("MaxWait", "Algorithm=SlidingWindow", "MaxWait=1s")]
    [InlineData("InitialPermits is 9", "Burst=3", "InitialPermits=9")]
    [InlineData("AlignToClock", "Algorithm=TokenBucket", "AlignToClock=false")]
    [InlineData("10000", "Algorithm=SlidingWindow", "Rate=10001/s")]
    public void Settings_that_exclude_each_other_stop_the_start(string message, string one, string other)
    {
        using var app = ConfiguredApp.With([.. new[] { one, other }.Select(setting => setting.Split('=')).Select(pair => ("Policies:search:" + pair[0], pair[1]))]);

        var failure = Assert.Single(Assert.Throws<OptionsValidationException>(() => app.Limiter).Failures);
        Assert.StartsWith("SmartRateLimit:Policies:search contradicts itself.", failure, StringComparison.Ordinal);
        Assert.Contains(message, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_some_policy_could_satisfy_are_left_for_it_to_judge()
    {
        using var app = ConfiguredApp.With(
            ("Policies:a:InitialPermits", "20000"), ("Policies:b:AlignToClock", "false"), ("Policies:c:Burst", "5"), ("Policies:c:InitialPermits", "5"));

        Assert.NotNull(app.Limiter);
    }

    [Fact]
    public void Settings_that_do_not_fit_the_policy_of_their_name_are_an_error_of_its_first_use()
    {
        using var app = ConfiguredApp.With(("Policies:search:Burst", "5"));
        var window = RateLimitPolicy.Parse("search", "5/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };

        var error = Assert.Throws<ArgumentException>(() => app.Limiter.Acquire(window, "k"));

        Assert.StartsWith("SmartRateLimit:Policies:search does not fit the policy of that name.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Burst", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_does_not_start_with_a_bad_setting()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("SmartRateLimit:Policies:search:Rate", "fast")]);
        builder.Services.AddSmartRateLimit();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("SmartRateLimit:Policies:search:Rate", error.Message, StringComparison.Ordinal);
    }
}
