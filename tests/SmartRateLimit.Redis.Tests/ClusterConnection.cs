using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests;

/// <summary>
/// Connects to every master of a cluster. An old driver may come back with none that it would use, when a node was slow to
/// say what it is, and stays so for a minute; a new connection is what helps, here as in <c>OwnedConnection</c>.
/// </summary>
internal static class ClusterConnection
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task<ConnectionMultiplexer> ToAsync(RedisCluster cluster)
    {
        ConnectionMultiplexer? multiplexer = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                multiplexer?.Dispose();
                multiplexer = await RedisServerFixture.ConnectAsync(cluster.ConnectionString + ",syncTimeout=10000");
                return ReachesEveryMaster(multiplexer);
            },
            Longest,
            "the driver reached every master");
        return multiplexer!;
    }

    private static bool ReachesEveryMaster(ConnectionMultiplexer multiplexer)
    {
        try
        {
            var database = multiplexer.GetDatabase();
            return Enumerable.Range(0, BucketKey.Tags)
                .Select(tag => database.IdentifyEndpoint(FormattableString.Invariant($"{{{tag:x3}}}"), CommandFlags.DemandMaster))
                .Distinct()
                .Count() == RedisCluster.Masters;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }
}
