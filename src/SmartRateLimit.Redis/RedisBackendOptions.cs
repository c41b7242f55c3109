using System.Reflection;

namespace SmartRateLimit.Redis;

/// <summary>Settings of a <see cref="RedisBackend"/>, read once.</summary>
public sealed class RedisBackendOptions : RemoteBackendOptions
{
    /// <summary>Creates settings for a backend named <c>redis</c>.</summary>
    public RedisBackendOptions() => Name = "redis";

    /// <summary>
    /// What the keys of this application begin with, so that two applications on one server never share a bucket. Default:
    /// <c>srl:</c> and the name of the program. Give programs that are to share their limits one prefix. Not empty.
    /// </summary>
    public string KeyPrefix { get; set; } = "srl:" + (Assembly.GetEntryAssembly()?.GetName().Name ?? "app");
}
