using SmartRateLimit.Redis.Connections;
using StackExchange.Redis;

namespace SmartRateLimit.Redis;

/// <summary>
/// Tells other nodes by publish and subscribe that a bucket got permits back otherwise than by time. News may get lost:
/// they only shorten what a node remembers.
/// </summary>
internal sealed class ReplenishmentNews : IDisposable
{
    private readonly IRedisConnection _connection;
    private readonly RedisChannel _channel;
    private readonly Action<RedisChannel, RedisValue> _heard;

    public ReplenishmentNews(IRedisConnection connection, string prefix, Action<string> heard)
    {
        _connection = connection;
        _channel = new RedisChannel(prefix + ":replenished", RedisChannel.PatternMode.Literal);
        _heard = (_, bucket) => heard(bucket.ToString());
        connection.WhenConnected(Listen);
    }

    public void Tell(string bucket) => _connection.Current?.GetSubscriber().Publish(_channel, bucket, CommandFlags.FireAndForget);

    /// <summary>Listens no more on a connection that others go on using.</summary>
    public void Dispose() => _connection.Current?.GetSubscriber().Unsubscribe(_channel, _heard, CommandFlags.FireAndForget);

    private void Listen(IConnectionMultiplexer multiplexer) =>
        multiplexer.GetSubscriber().Subscribe(_channel, _heard, CommandFlags.FireAndForget);
}
