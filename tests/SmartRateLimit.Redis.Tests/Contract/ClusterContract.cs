using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

public sealed class ClusterContract(ClusterContract.Cluster cluster) : RedisContract, IClassFixture<ClusterContract.Cluster>
{
    protected override IConnectionMultiplexer Multiplexer => cluster.Multiplexer;

    public sealed class Cluster : IAsyncLifetime
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private RedisCluster? _cluster;
        private ConnectionMultiplexer? _multiplexer;

        public IConnectionMultiplexer Multiplexer => _multiplexer!;

        public async ValueTask InitializeAsync()
        {
            // No fault is tested here, so a machine that pauses must not make one.
            _cluster = await RedisCluster.StartAsync(Patience);
            _multiplexer = await ClusterConnection.ToAsync(_cluster);
        }

        public ValueTask DisposeAsync()
        {
            _multiplexer?.Dispose();
            _cluster?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
