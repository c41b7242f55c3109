using System.Globalization;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>A connection that is reset after the server has decided, before or within its reply.</summary>
public sealed class LostReplyTests
{
    private const int Faults = 10;

    // Seen to fail: a call that failed was made again.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_reply_that_is_lost_after_the_commit_is_spent_and_never_asked_for_again(int bytesThatPass)
    {
        using var server = await FragileServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", TimeSpan.FromSeconds(2), options => options.CircuitBreaker.FailureThreshold = 1_000);
        var policy = RateLimitPolicy.Parse("policy", "1000/w") with { OnBackendFailure = FailureMode.Closed };
        var (asked, admitted) = (0, 0);
        for (var fault = 0; fault < Faults; fault++)
        {
            do
            {
                // The connection for news may still be on its way down, and take this one with it.
                await Recovery.DecidesAsync(backend, policy);
                asked++;
                admitted += (await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsAllowed ? 1 : 0;
            }
            while (admitted == fault);
            asked++;
            server.Proxy.ResetInNextReply(bytesThatPass);
            var cut = await backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
            Assert.Equal((false, true), (cut.IsAllowed, cut.IsDegraded));
        }

        Assert.InRange(asked, 2 * Faults, (5 * Faults) / 2);
        Assert.InRange(await SpentAsync(server), admitted + (Faults / 2), asked);
    }

    // Seen to fail: a call that failed was made again.
    [Fact]
    public async Task Many_callers_of_one_key_are_admitted_at_most_its_limit_while_connections_are_reset_within_replies()
    {
        const int Limit = 2_000;
        using var server = await FragileServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", TimeSpan.FromMilliseconds(200));
        var policy = RateLimitPolicy.Parse("policy", "2000/w") with { OnBackendFailure = FailureMode.Closed };
        await Recovery.DecidesAsync(backend, policy);
        var load = Load.Start(32, TimeSpan.FromMilliseconds(1), () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        for (var fault = 0; fault < 2 * Faults; fault++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            server.Proxy.ResetInNextReply(fault % 12);
        }

        await Recovery.DecidesAsync(backend, policy);
        await Servers.Processes.Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Rejected > 0), TimeSpan.FromSeconds(30), "the limit is reached");
        var tally = await load.StopAsync();
        Assert.InRange(tally.Admitted, 1, Limit - 1);
        Assert.NotEqual(0, tally.Degraded);
        Assert.InRange(await SpentAsync(server), Limit - 1, Limit);
    }

    private static async Task<int> SpentAsync(FragileServer server)
    {
        var state = (await server.Server.SendAsync("GET", BucketKey.Format("faults", "policy", "key")))!;
        return int.Parse(state.Split('|')[1].Split(',')[1], CultureInfo.InvariantCulture);
    }
}
