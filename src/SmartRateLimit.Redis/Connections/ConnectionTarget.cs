using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>Makes a user's options fit a limiter, whose calls have no time to wait for a store.</summary>
internal static class ConnectionTarget
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(1);

    /// <param name="options">What the user wrote; not changed.</param>
    /// <param name="timeout">The longest that a call may take.</param>
    public static IConnectionTarget For(ConfigurationOptions options, TimeSpan timeout)
    {
        var own = options.Clone();
        own.ServiceName = options.ServiceName;
        own.AbortOnConnectFail = true;
        own.ConnectRetry = 1;
        own.ConnectTimeout = Math.Min(own.ConnectTimeout, (int)LongestConnect.TotalMilliseconds);
        own.SyncTimeout = Math.Max(1, (int)timeout.TotalMilliseconds);
        own.ReconnectRetryPolicy = new LinearRetry((int)ReconnectPause.TotalMilliseconds);
        return string.IsNullOrEmpty(own.ServiceName) ? new FixedTarget(own) : new SentinelTarget(own);
    }
}
