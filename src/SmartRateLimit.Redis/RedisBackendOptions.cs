using System.Reflection;

namespace SmartRateLimit.Redis;

/// <summary>Settings of a <see cref="RedisBackend"/>; read once.</summary>
public sealed class RedisBackendOptions
{
    /// <summary>The backend's name, as policies and reports write it. Default <c>redis</c>.</summary>
    public string Name { get; set; } = "redis";

    /// <summary>
    /// What the keys of this application begin with, so that two applications on one server never share a bucket. Default:
    /// <c>srl:</c> and the name of the program. Give programs that are to share their limits one prefix.
    /// </summary>
    public string KeyPrefix { get; set; } = "srl:" + (Assembly.GetEntryAssembly()?.GetName().Name ?? "app");

    /// <summary>The longest that one call may take before the policy's failure mode decides. Default 50 ms.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(50);
}
