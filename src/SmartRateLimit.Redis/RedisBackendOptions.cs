using System.Reflection;

namespace SmartRateLimit.Redis;

/// <summary>Settings of a <see cref="RedisBackend"/>, read once.</summary>
public sealed class RedisBackendOptions : RemoteBackendOptions
{
    private string? _keyPrefix;

    /// <summary>Creates settings for a backend named <c>redis</c>.</summary>
    public RedisBackendOptions() => Name = "redis";

    /// <summary>
    /// What the keys of this application begin with, so that two applications on one server never share a bucket. Default:
    /// <see cref="SmartRateLimitOptions.KeyPrefix"/>, or where that is empty <c>srl:</c> and the name of the program. Give programs that are to share their limits one prefix. Not empty.
    /// </summary>
    public string KeyPrefix
    {
        get => _keyPrefix ?? "srl:" + (Assembly.GetEntryAssembly()?.GetName().Name ?? "app");
        set => _keyPrefix = value;
    }

    /// <summary>Uses the prefix of all stores where none was set for this one.</summary>
    internal void Share(string prefix) => _keyPrefix ??= prefix.Length > 0 ? prefix : null;
}
