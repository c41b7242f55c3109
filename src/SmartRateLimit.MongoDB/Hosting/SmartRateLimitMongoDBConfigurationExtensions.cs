using System.Globalization;
using Microsoft.Extensions.Configuration;
using MongoDB.Driver;
using SmartRateLimit;
using SmartRateLimit.MongoDB;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets configuration choose MongoDB.</summary>
public static class SmartRateLimitMongoDBConfigurationExtensions
{
    private const string Connection = "ConnectionString";

    /// <summary>
    /// Makes the backend <c>mongodb</c> known to the configuration of the limiter: <c>SmartRateLimit:MongoDB</c> holds the
    /// servers as the driver reads them, such as <c>mongodb://localhost:27017</c>, or is a section of <c>ConnectionString</c>,
    /// <c>Database</c>, <c>Collection</c>, <c>WriteConcern</c> (<c>majority</c> or a number of servers), <c>KeyPrefix</c> and
    /// <c>Timeout</c> (<c>50ms</c>). Without it nothing changes.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the backend up; what configuration says wins.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSmartRateLimitMongoDB(this IServiceCollection services, Action<MongoBackendOptions>? configure = null) =>
        services.AddRateLimitBackendKind("mongodb", (options, section) => Use(options, section, mongo =>
        {
            configure?.Invoke(mongo);
            Apply(section, mongo);
        }));

    private static void Use(SmartRateLimitOptions options, IConfigurationSection section, Action<MongoBackendOptions> configure)
    {
        try
        {
            _ = options.UseMongoDB(Servers(section), configure);
        }
        catch (MongoConfigurationException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private static string Servers(IConfigurationSection section) => section.Value is { Length: > 0 } value ? value
        : section[Connection] is { Length: > 0 } servers ? servers
        : throw new FormatException("no server is given; write one, such as mongodb://localhost:27017.");

    private static void Apply(IConfigurationSection section, MongoBackendOptions mongo)
    {
        foreach (var setting in section.GetChildren())
        {
            switch (setting.Key.ToUpperInvariant())
            {
                case "CONNECTIONSTRING":
                    break;
                case "DATABASE":
                    mongo.Database = setting.Value;
                    break;
                case "COLLECTION":
                    mongo.Collection = setting.Value ?? string.Empty;
                    break;
                case "WRITECONCERN":
                    mongo.WriteConcern = Concern(setting);
                    break;
                case "KEYPREFIX":
                    mongo.KeyPrefix = setting.Value ?? string.Empty;
                    break;
                case "TIMEOUT":
                    mongo.Timeout = Duration(setting);
                    break;
                default:
                    throw new FormatException($"{setting.Path} is no setting of MongoDB; there are {Connection}, {nameof(MongoBackendOptions.Database)}, {nameof(MongoBackendOptions.Collection)}, {nameof(MongoBackendOptions.WriteConcern)}, {nameof(MongoBackendOptions.KeyPrefix)}, {nameof(MongoBackendOptions.Timeout)}.");
            }
        }
    }

    private static WriteConcern Concern(IConfigurationSection setting) => setting.Value switch
    {
        "majority" => WriteConcern.WMajority,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var servers) && servers > 0 => new WriteConcern(servers),
        _ => throw new FormatException($"{setting.Path} is \"{setting.Value}\"; write majority, or the number of servers that must have written, from 1."),
    };

    /// <summary>A duration is written as the period of a rate is.</summary>
    private static TimeSpan Duration(IConfigurationSection setting) => Rate.TryParse("1/" + setting.Value, out var rate)
        ? rate.Period
        : throw new FormatException($"{setting.Path} is \"{setting.Value}\"; write a count and a unit, such as 50ms.");
}
