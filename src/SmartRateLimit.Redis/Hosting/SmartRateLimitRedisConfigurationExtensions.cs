using Microsoft.Extensions.Configuration;
using SmartRateLimit;
using SmartRateLimit.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets configuration choose Redis.</summary>
public static class SmartRateLimitRedisConfigurationExtensions
{
    private const string Connection = "Configuration";

    /// <summary>
    /// Makes the backend <c>redis</c> known to the configuration of the limiter: <c>SmartRateLimit:Redis</c> holds the
    /// servers as StackExchange.Redis reads them, such as <c>localhost:6379</c>, or is a section of <c>Configuration</c>,
    /// <c>KeyPrefix</c> and <c>Timeout</c> (<c>50ms</c>). Without it nothing changes.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the backend up; what configuration says wins.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSmartRateLimitRedis(this IServiceCollection services, Action<RedisBackendOptions>? configure = null) =>
        services.AddRateLimitBackendKind("redis", (options, section) => options.UseRedis(Servers(section), redis =>
        {
            configure?.Invoke(redis);
            Apply(section, redis);
        }));

    private static string Servers(IConfigurationSection section) => section.Value is { Length: > 0 } value ? value
        : section[Connection] is { Length: > 0 } servers ? servers
        : throw new FormatException("no server is given; write one, such as localhost:6379.");

    private static void Apply(IConfigurationSection section, RedisBackendOptions redis)
    {
        foreach (var setting in section.GetChildren())
        {
            switch (setting.Key.ToUpperInvariant())
            {
                case "CONFIGURATION":
                    break;
                case "KEYPREFIX":
                    redis.KeyPrefix = setting.Value ?? string.Empty;
                    break;
                case "TIMEOUT":
                    redis.Timeout = Duration(setting);
                    break;
                default:
                    throw new FormatException($"{setting.Path} is no setting of Redis; there are {Connection}, {nameof(RedisBackendOptions.KeyPrefix)}, {nameof(RedisBackendOptions.Timeout)}.");
            }
        }
    }

    /// <summary>A duration is written as the period of a rate is.</summary>
    private static TimeSpan Duration(IConfigurationSection setting) => Rate.TryParse("1/" + setting.Value, out var rate)
        ? rate.Period
        : throw new FormatException($"{setting.Path} is \"{setting.Value}\"; write a count and a unit, such as 50ms.");
}
