using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>Where a connection of our own goes.</summary>
internal interface IConnectionTarget
{
    /// <summary>The servers that were named, which may be sentinels.</summary>
    IEnumerable<EndPoint> EndPoints { get; }

    /// <summary>The options to connect with now.</summary>
    Task<ConfigurationOptions> FindAsync(CancellationToken cancellationToken);
}
