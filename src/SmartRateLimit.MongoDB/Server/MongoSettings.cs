using MongoDB.Driver;

namespace SmartRateLimit.MongoDB.Server;

/// <summary>Makes a user's settings fit a limiter, whose calls have no time to wait for a store.</summary>
internal static class MongoSettings
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(1);

    /// <summary>Connections that are made in the background, since a call has no time to make one.</summary>
    private const int LeastConnections = 4;

    /// <param name="url">What the user wrote.</param>
    /// <param name="timeout">The longest that a call may take.</param>
    public static MongoClientSettings For(MongoUrl url, TimeSpan timeout)
    {
        var settings = MongoClientSettings.FromUrl(url);
        settings.ConnectTimeout = Least(settings.ConnectTimeout, LongestConnect);
        settings.ServerSelectionTimeout = Least(settings.ServerSelectionTimeout, timeout);
        settings.WaitQueueTimeout = Least(settings.WaitQueueTimeout, timeout);
        settings.SocketTimeout = settings.SocketTimeout == TimeSpan.Zero ? timeout : Least(settings.SocketTimeout, timeout);
        settings.MinConnectionPoolSize = Math.Max(settings.MinConnectionPoolSize, Math.Min(LeastConnections, settings.MaxConnectionPoolSize));
        return settings;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
