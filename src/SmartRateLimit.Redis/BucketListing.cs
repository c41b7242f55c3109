using System.Runtime.CompilerServices;
using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Redis.Keys;
using StackExchange.Redis;

namespace SmartRateLimit.Redis;

/// <summary>Finds live buckets, a page at a time, so that listing millions of them holds nobody up.</summary>
internal sealed class BucketListing(IRedisConnection connection, string prefix)
{
    private const int PageSize = 250;

    public async IAsyncEnumerable<string> ListAsync(string policyName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var multiplexer = await connection.MultiplexerAsync(cancellationToken).ConfigureAwait(false);
        var database = multiplexer.GetDatabase().Database;
        foreach (var server in multiplexer.GetEndPoints().Select(endpoint => multiplexer.GetServer(endpoint)).Where(server => server.IsConnected))
        {
            using var names = server.Keys(database, BucketKey.Pattern(prefix, policyName), PageSize).GetEnumerator();
            while (await NextAsync(names, cancellationToken).ConfigureAwait(false) is { } name)
            {
                // SCAN may return a key twice, replicas return what their masters do, and a pattern may fit more than it means.
                if (BucketKey.TryParse(name, prefix, out var policy, out var key) && policy == policyName && seen.Add(key))
                {
                    yield return key;
                }
            }
        }
    }

    // The driver has no asynchronous listing in all its versions, so its pages are fetched on another thread.
    private async Task<string?> NextAsync(IEnumerator<RedisKey> names, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(names.MoveNext, cancellationToken).ConfigureAwait(false) ? names.Current.ToString() : null;
        }
        catch (Exception error) when (RedisFault.Is(error))
        {
            throw connection.Report(error);
        }
    }
}
