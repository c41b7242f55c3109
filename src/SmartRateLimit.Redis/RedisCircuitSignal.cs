using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis;

/// <summary>
/// Tells an application's nodes by publish and subscribe that one of them opened its circuit to a backend. The server must
/// be another one than the circuit guards, which cannot carry such news when it matters; a <see cref="RedisBackend"/> on
/// the same server refuses it.
/// </summary>
public sealed class RedisCircuitSignal : ICircuitSignal, IDisposable
{
    private readonly IConnectionMultiplexer _multiplexer;
    private readonly RedisChannel _channel;
    private readonly Action<RedisChannel, RedisValue> _heard;

    /// <summary>Listens on a channel of a connection that the caller keeps owning.</summary>
    /// <param name="multiplexer">The connection, to another server than those that the circuits guard.</param>
    /// <param name="channel">The channel; applications that share it share their news by the names of their backends. Default <c>srl:circuits</c>.</param>
    public RedisCircuitSignal(IConnectionMultiplexer multiplexer, string channel = "srl:circuits")
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        ArgumentException.ThrowIfNullOrWhiteSpace(channel);
        _multiplexer = multiplexer;
        _channel = new RedisChannel(channel, RedisChannel.PatternMode.Literal);
        _heard = (_, backend) => Opened?.Invoke(this, new CircuitOpenedEventArgs(backend.ToString()));
        _multiplexer.GetSubscriber().Subscribe(_channel, _heard, CommandFlags.FireAndForget);
    }

    /// <inheritdoc/>
    public event EventHandler<CircuitOpenedEventArgs>? Opened;

    /// <inheritdoc/>
    public void SendOpened(string backend) => _multiplexer.GetSubscriber().Publish(_channel, backend, CommandFlags.FireAndForget);

    /// <summary>Listens no more.</summary>
    public void Dispose() => _multiplexer.GetSubscriber().Unsubscribe(_channel, _heard, CommandFlags.FireAndForget);

    internal bool Uses(IEnumerable<EndPoint> servers) => _multiplexer.GetEndPoints().Intersect(servers).Any();
}
