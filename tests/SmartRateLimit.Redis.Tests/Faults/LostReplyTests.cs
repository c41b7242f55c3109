using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Network;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

public sealed class LostReplyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_reply_that_is_lost_after_the_commit_is_spent_and_never_asked_for_again(int bytesThatPass)
    {
        const int Faults = 10;
        using var server = await RedisServer.StartAsync();
        using var proxy = new FaultProxy(server.Port);
        using var backend = Nodes.To(proxy.EndPoint, "faults", TimeSpan.FromSeconds(2));
        var policy = RateLimitPolicy.Parse("policy", "1000/w") with { OnBackendFailure = FailureMode.Closed };
        var (calls, admitted) = (0, 0);
        for (var fault = 0; fault < Faults; fault++)
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    var decision = await backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
                    calls++;
                    admitted += decision.IsAllowed ? 1 : 0;
                    return !decision.IsDegraded;
                },
                TimeSpan.FromSeconds(20),
                "the store decides again");
            proxy.ResetInNextReply(bytesThatPass);
            calls++;
            admitted += (await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsAllowed ? 1 : 0;
        }

        var state = (await server.SendAsync("GET", BucketKey.Format("faults", "policy", "key")))!;
        var spent = int.Parse(state.Split('|')[1].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(spent, admitted, calls);
        Assert.InRange(spent - admitted, 1, Faults + (calls - admitted));
    }
}
