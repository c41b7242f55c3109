using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>The contract on the master that sentinels name.</summary>
public sealed class SentinelContract(SentinelContract.Group group) : RedisContract, IClassFixture<SentinelContract.Group>
{
    protected override int ComparedOperations => 500;

    protected override IConnectionMultiplexer Multiplexer => group.Multiplexer;

    public sealed class Group : IAsyncLifetime
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private RedisSentinel? _sentinel;
        private OwnedConnection? _connection;

        public IConnectionMultiplexer Multiplexer => _connection!.Current!;

        public async ValueTask InitializeAsync()
        {
            _sentinel = await RedisSentinel.StartAsync();
            _connection = new OwnedConnection(ConnectionTarget.For(ConfigurationOptions.Parse(_sentinel.ConnectionString), Patience), Patience);
            await _connection.MultiplexerAsync(CancellationToken.None);
        }

        public ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            _sentinel?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
