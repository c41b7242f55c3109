using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>Where a connection of our own goes.</summary>
internal interface IConnectionTarget
{
    /// <summary>The options to connect with now.</summary>
    Task<ConfigurationOptions> FindAsync(CancellationToken cancellationToken);
}
