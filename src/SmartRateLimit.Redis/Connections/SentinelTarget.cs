using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>The master that sentinels name, which may be another one after each failure.</summary>
/// <param name="options">Names the sentinels and, as its service name, the master; the rest is for the master.</param>
internal sealed class SentinelTarget(ConfigurationOptions options) : IConnectionTarget
{
    public IEnumerable<EndPoint> EndPoints => options.EndPoints;

    public async Task<ConfigurationOptions> FindAsync(CancellationToken cancellationToken)
    {
        var master = options.Clone();
        master.EndPoints.Clear();
        master.ServiceName = null;
        master.EndPoints.Add(await AskAsync(cancellationToken).ConfigureAwait(false));
        return master;
    }

    private async Task<EndPoint> AskAsync(CancellationToken cancellationToken)
    {
        var question = new ConfigurationOptions
        {
            CommandMap = CommandMap.Sentinel,
            TieBreaker = string.Empty,
            AbortOnConnectFail = false,
            ConnectRetry = 1,
            ConnectTimeout = options.ConnectTimeout,
            Ssl = options.Ssl,
        };
        foreach (var endpoint in options.EndPoints)
        {
            question.EndPoints.Add(endpoint);
        }

        using var sentinels = await ConnectionMultiplexer.ConnectAsync(question).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var endpoint in question.EndPoints)
        {
            var sentinel = sentinels.GetServer(endpoint);
            if (sentinel.IsConnected
                && await sentinel.SentinelGetMasterAddressByNameAsync(options.ServiceName!).WaitAsync(cancellationToken).ConfigureAwait(false) is { } address)
            {
                return address;
            }
        }

        throw new InvalidOperationException($"No sentinel names a master for \"{options.ServiceName}\".");
    }
}
