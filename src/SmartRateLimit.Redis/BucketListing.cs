using System.Runtime.CompilerServices;
using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Redis.Keys;

namespace SmartRateLimit.Redis;

/// <summary>Finds live buckets, a page at a time, so that listing millions of them holds nobody up.</summary>
internal sealed class BucketListing(IRedisConnection connection, string prefix)
{
    private const int PageSize = 250;

    public async IAsyncEnumerable<string> ListAsync(string policyName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var multiplexer = await connection.MultiplexerAsync(cancellationToken).ConfigureAwait(false);
        foreach (var endpoint in multiplexer.GetEndPoints())
        {
            var server = multiplexer.GetServer(endpoint);
            if (!server.IsConnected)
            {
                continue;
            }

            // The driver has no asynchronous listing in all its versions, so its pages are fetched on another thread.
            using var names = server.Keys(pattern: BucketKey.Pattern(prefix, policyName), pageSize: PageSize).GetEnumerator();
            while (await Task.Run(names.MoveNext, cancellationToken).ConfigureAwait(false))
            {
                // SCAN may return a key twice, and replicas return what their masters do.
                if (BucketKey.TryParse(names.Current.ToString(), prefix, out _, out var key) && seen.Add(key))
                {
                    yield return key;
                }
            }
        }
    }
}
