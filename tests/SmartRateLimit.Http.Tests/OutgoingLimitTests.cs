using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.Tests.Http;

public sealed class OutgoingLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_over_the_limit_is_not_sent_and_its_rejection_is_marked_as_outgoing()
    {
        using var client = new OutgoingClient("2/m");
        await client.GetAsync();
        await client.GetAsync();

        var rejection = await client.RejectedAsync();

        Assert.True(rejection.IsOutgoing);
        Assert.Equal("HttpClient:api", rejection.PolicyName);
        Assert.Equal(TimeSpan.FromSeconds(30), rejection.RetryAfter);
        client.Time.Advance(rejection.RetryAfter);
        await client.GetAsync();
    }

    [Fact]
    public async Task Hosts_and_ports_are_limited_apart()
    {
        using var client = new OutgoingClient("1/m");

        await client.GetAsync("https://one.example/a");
        await client.GetAsync("https://two.example/a");
        await client.GetAsync("https://one.example:8443/a");
        await client.RejectedAsync("https://ONE.example:443/b");
    }

    [Fact]
    public async Task A_key_of_ones_own_decides_what_is_limited_apart()
    {
        using var client = new OutgoingClient("1/m", options => options.Key = request => request.RequestUri!.AbsolutePath == "/none" ? null : request.RequestUri!.AbsolutePath);

        await client.GetAsync("https://one.example/a");
        await client.GetAsync("https://one.example/b");
        await client.RejectedAsync("https://two.example/a");
        await client.GetAsync("https://one.example/none");
        await client.RejectedAsync("https://two.example/none");
    }

    [Fact]
    public async Task A_call_waits_as_long_as_it_may_and_no_longer()
    {
        using var client = new OutgoingClient("1/s", options => options.MaxWait = TimeSpan.FromSeconds(1));
        await client.GetAsync();

        var waiting = client.GetAsync();
        await client.RejectedAsync();
        Assert.Equal(1, client.Sent);
        client.Time.Advance(TimeSpan.FromSeconds(1));
        await waiting;

        Assert.Equal(2, client.Sent);
    }

    [Fact]
    public async Task A_call_given_up_while_it_waits_is_not_sent()
    {
        using var client = new OutgoingClient("1/s", options => options.MaxWait = TimeSpan.FromSeconds(1));
        await client.GetAsync();
        using var giveUp = new CancellationTokenSource();

        var waiting = client.GetAsync(token: giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, client.Sent);
    }

    [Fact]
    public void A_synchronous_call_is_limited_too()
    {
        using var client = new OutgoingClient("1/m");
        using var first = new HttpRequestMessage(HttpMethod.Get, "https://one.example/");
        using var second = new HttpRequestMessage(HttpMethod.Get, "https://one.example/");

        client.Http.Send(first, Token);

        Assert.Throws<RateLimitExceededException>(() => client.Http.Send(second, Token));
        Assert.Equal(1, client.Sent);
    }

    [Fact]
    public async Task Clients_that_the_factory_makes_share_the_limit()
    {
        using var client = new OutgoingClient("1/m");
        await client.GetAsync();

        using var another = client.NewClient();

        await Assert.ThrowsAsync<RateLimitExceededException>(() => another.GetAsync(new Uri("https://one.example/"), Token));
    }

    [Fact]
    public async Task A_policy_brings_its_own_settings()
    {
        using var client = new OutgoingClient(builder => builder.AddRateLimit(RateLimitPolicy.Parse("mine", "1/m") with { Burst = 3 }));
        await client.GetAsync();
        await client.GetAsync();
        await client.GetAsync();

        Assert.Equal("mine", (await client.RejectedAsync()).PolicyName);
    }

    [Fact]
    public async Task Two_limits_of_one_client_do_not_share_a_bucket()
    {
        using var client = new OutgoingClient(builder => builder.AddRateLimit("3/m").AddRateLimit("2/m", options => options.Key = _ => RateLimitKey.Global));
        await client.GetAsync("https://one.example/");
        await client.GetAsync("https://two.example/");

        Assert.Equal("HttpClient:api#2", (await client.RejectedAsync("https://three.example/")).PolicyName);
        client.Time.Advance(TimeSpan.FromSeconds(30));
        await client.GetAsync("https://one.example/");
    }

    [Fact]
    public async Task Configuration_replaces_the_numbers_of_a_clients_limit()
    {
        using var client = new OutgoingClient(
            builder => builder.AddRateLimit("1/m"),
            options => options.Policies["HttpClient:api"] = new RateLimitPolicyOverride { Rate = "2/m" });
        await client.GetAsync();
        await client.GetAsync();

        await client.RejectedAsync();
    }

    [Fact]
    public void Settings_that_contradict_each_other_are_refused_when_they_are_written()
    {
        var builder = new ServiceCollection().AddHttpClient("api");
        var window = RateLimitPolicy.Parse("mine", "1/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };

        Assert.Throws<ArgumentException>(() => builder.AddRateLimit(window, options => options.MaxWait = TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddRateLimit("1/m", options => options.MaxWait = TimeSpan.FromSeconds(-1)));
        Assert.Throws<FormatException>(() => builder.AddRateLimit("often"));
    }
}
