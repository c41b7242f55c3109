using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SmartRateLimit.Redis.Scripts;
using StackExchange.Redis;

namespace SmartRateLimit.Benchmarks.Redis;

/// <summary>One script call per acquire and nothing around it, on the connection that the limiter uses as well.</summary>
internal sealed class BareScript(IDatabase database, string text, RedisValue[] arguments)
{
    /// <summary>The least that decides: the generic cell rate algorithm on the server's clock, fixed to one rate.</summary>
    private const string Minimal = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local arrival = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now)) + ARGV[1]
        local wait = arrival - ARGV[2] - now
        if wait > 0 then
          return {0, 0, wait, arrival - now}
        end

        redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000) + 1000)
        return {1, math.floor(-wait / ARGV[1]), 0, arrival - now}
        """;

    private readonly byte[] _hash = HashOf(text);

    /// <summary>A script that does less than ours: one permit a microsecond, and a burst that is never spent.</summary>
    public static BareScript MinimalOn(IDatabase database) => new(database, Minimal, [1, 1_000_000]);

    /// <summary>The script that ships, with what the limiter would send for one request.</summary>
    public static BareScript ShippedOn(IDatabase database, RateLimitPolicy policy)
    {
        var call = ScriptCall.Of(new ScriptRequest(policy, "key", Operation.Take, Cost: 1), idleMilliseconds: 1_000);
        return new(database, RedisScript.Shipped.Text, call.Arguments);
    }

    public async ValueTask<bool> AcquireAsync(string key) =>
        ((long[])(await database.ScriptEvaluateAsync(_hash, [key], arguments).ConfigureAwait(false))!).Length > 0;

    /// <summary>Makes the server know the script.</summary>
    public Task LoadAsync() => database.ExecuteAsync("SCRIPT", "LOAD", text);

    /// <summary>What <c>redis-benchmark</c> is to send.</summary>
    public IEnumerable<string> Command(string key) => ["EVALSHA", Convert.ToHexStringLower(_hash), "1", key, .. arguments.Select(argument => argument.ToString())];

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Redis names scripts by their SHA-1.")]
    private static byte[] HashOf(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));
}
