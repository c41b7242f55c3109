using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>A multiplexer that the caller made and keeps owning, with its own time-outs and ways to reconnect.</summary>
internal sealed class GivenConnection(IConnectionMultiplexer multiplexer) : IRedisConnection
{
    private readonly MultiplexerWatch _watch = new(multiplexer);

    public IEnumerable<EndPoint> EndPoints => multiplexer.GetEndPoints(configuredOnly: true);

    public IConnectionMultiplexer? Current => multiplexer;

    public bool IsSingleSlot => _watch.IsSingleSlot;

    public CommandFlags Route => _watch.Route;

    public void WhenConnected(Action<IConnectionMultiplexer> callback) => callback(multiplexer);

    public ValueTask<IConnectionMultiplexer> MultiplexerAsync(CancellationToken cancellationToken) => new(multiplexer);

    public ValueTask<IDatabase> DatabaseAsync(CancellationToken cancellationToken) => new(Database());

    public IDatabase Database() => _watch.IsRefused && !multiplexer.IsConnected ? throw RedisFault.Refused(null) : multiplexer.GetDatabase();

    public RateLimitBackendException Report(Exception error) => RedisFault.Describe(error, _watch.IsRefused);

    public CancellationTokenRegistration Suspect(CancellationToken patience) => default;

    public void Trust()
    {
    }

    public void Dispose() => _watch.Stop();
}
