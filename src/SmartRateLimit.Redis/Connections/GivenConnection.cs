using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>A multiplexer that the caller made and keeps owning.</summary>
internal sealed class GivenConnection(IConnectionMultiplexer multiplexer) : IRedisConnection
{
    public ValueTask<IConnectionMultiplexer> MultiplexerAsync() => new(multiplexer);

    public ValueTask<IDatabase> DatabaseAsync() => new(multiplexer.GetDatabase());

    public IDatabase Database() => multiplexer.GetDatabase();

    public void Dispose()
    {
    }
}
