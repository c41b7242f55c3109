namespace SmartRateLimit.Servers.Redis;

/// <summary>How a server is started.</summary>
public sealed record RedisServerOptions
{
    /// <summary>The password that clients must give; <see langword="null"/> means none.</summary>
    public string? Password { get; init; }

    /// <summary>Further settings, by their names in <c>redis.conf</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is a sentinel rather than a store.</summary>
    internal bool IsSentinel { get; init; }
}
