using System.Globalization;
using SmartRateLimit.Contract;
using SmartRateLimit.Redis.Scripts;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>The script that ships, but for the one line that reads the server's clock: it reads a test's instead.</summary>
internal static class ClockedScript
{
    public const string ClockLine = "local now = redis.call('TIME') now = now[1] * 1000000 + now[2]";

    public static Func<RedisScript> Of(FakeTime time) => () =>
    {
        var microseconds = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return new RedisScript(RedisScript.Shipped.Text.Replace(
            ClockLine,
            string.Create(CultureInfo.InvariantCulture, $"local now = {microseconds}"),
            StringComparison.Ordinal));
    };
}
