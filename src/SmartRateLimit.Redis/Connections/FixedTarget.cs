using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>Servers that are named: one, or nodes of a cluster, which name the others.</summary>
internal sealed class FixedTarget(ConfigurationOptions options) : IConnectionTarget
{
    public IEnumerable<EndPoint> EndPoints => options.EndPoints;

    public Task<ConfigurationOptions> FindAsync(CancellationToken cancellationToken) => Task.FromResult(options.Clone());
}
