using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

public sealed class ClusterContract(ClusterContract.Cluster cluster) : RedisContract, IClassFixture<ClusterContract.Cluster>
{
    protected override IConnectionMultiplexer Multiplexer => cluster.Multiplexer;

    public sealed class Cluster : IAsyncLifetime
    {
        private RedisCluster? _cluster;
        private ConnectionMultiplexer? _multiplexer;

        public IConnectionMultiplexer Multiplexer => _multiplexer!;

        public async ValueTask InitializeAsync()
        {
            _cluster = await RedisCluster.StartAsync();
            _multiplexer = await RedisServerFixture.ConnectAsync(_cluster.ConnectionString + ",syncTimeout=10000");
        }

        public ValueTask DisposeAsync()
        {
            _multiplexer?.Dispose();
            _cluster?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
