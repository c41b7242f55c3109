using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>A multiplexer and what its events tell.</summary>
internal sealed record Link(IConnectionMultiplexer Multiplexer, MultiplexerWatch Watch)
{
    public Link(IConnectionMultiplexer multiplexer)
        : this(multiplexer, new MultiplexerWatch(multiplexer))
    {
    }
}
