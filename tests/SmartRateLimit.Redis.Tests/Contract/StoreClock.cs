using System.Diagnostics;
using SmartRateLimit.Contract;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Redis.Scripts;
using SmartRateLimit.Servers.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>
/// A test's clock in the store: the script that ships, but for the one line that reads the server's clock, reads a key
/// instead, of which each master of a cluster has its own.
/// </summary>
internal sealed class StoreClock
{
    public const string ClockLine = "local now = redis.call('TIME') now = now[1] * 1000000 + now[2]";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly FakeTime _time;
    private readonly IDatabase _database;
    private readonly List<RedisKey> _keys;
    private readonly RedisScript _script;
    private long _told = long.MinValue;

    public StoreClock(FakeTime time, IConnectionMultiplexer multiplexer, string name)
    {
        _time = time;
        _database = multiplexer.GetDatabase();
        _keys = KeysOnEachMaster(multiplexer, name);
        var names = string.Join(", ", _keys.Select(key => $"'{key}'"));
        _script = new RedisScript(Replace(
            $"local now for _, key in ipairs({{ {names} }}) do local time = redis.pcall('GET', key) now = type(time) == 'string' and tonumber(time) or now end"));
    }

    /// <summary>The script that ships with another line in place of the one that reads the clock.</summary>
    public static string Replace(string line) => RedisScript.Shipped.Text.Replace(ClockLine, line, StringComparison.Ordinal);

    /// <summary>The script, for a store that now knows the test's time.</summary>
    public RedisScript Script()
    {
        var now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        lock (_keys)
        {
            if (now != _told)
            {
                _keys.ForEach(key => Patiently(() => _database.StringSet(key, now, TimeSpan.FromMinutes(10))));
                _told = now;
            }
        }

        return _script;
    }

    private static List<RedisKey> KeysOnEachMaster(IConnectionMultiplexer multiplexer, string name)
    {
        var isCluster = multiplexer.GetServer(multiplexer.GetEndPoints()[0]).ServerType == ServerType.Cluster;
        var keys = new Dictionary<string, RedisKey>(StringComparer.Ordinal);
        for (var tag = 0; tag < BucketKey.Tags && keys.Count < (isCluster ? RedisCluster.Masters : 1); tag++)
        {
            var key = FormattableString.Invariant($"{{{tag:x3}}}:{name}:clock");
            var master = Patiently(() => multiplexer.GetDatabase().IdentifyEndpoint(key, CommandFlags.DemandMaster));
            keys.TryAdd(master?.ToString() ?? string.Empty, key);
        }

        return [.. keys.Values];
    }

    // The driver drops a connection now and then and needs a moment for the next; that is no finding about a decision.
    private static T Patiently<T>(Func<T> ask)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return ask();
            }
            catch (RedisConnectionException) when (Stopwatch.GetElapsedTime(started) < Longest)
            {
                Thread.Sleep(20);
            }
        }
    }
}
