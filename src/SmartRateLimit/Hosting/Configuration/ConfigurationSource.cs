using Microsoft.Extensions.Configuration;

namespace SmartRateLimit.Hosting;

/// <summary>
/// Where the settings are configured: in a section that was given, or else in <c>SmartRateLimit</c> of the application's
/// configuration, if it has any.
/// </summary>
internal sealed class ConfigurationSource
{
    public const string DefaultSection = "SmartRateLimit";

    private readonly IConfigurationRoot? _root;

    public ConfigurationSource(IEnumerable<GivenConfiguration> given, IConfiguration? application)
    {
        var chosen = given.LastOrDefault()?.Configuration ?? application;
        _root = chosen as IConfigurationRoot ?? (chosen as IConfigurationSection is null ? null : application as IConfigurationRoot);
        Section = chosen as IConfigurationSection ?? chosen?.GetSection(DefaultSection);
    }

    public IConfigurationSection? Section { get; }

    public string Path => Section?.Path ?? DefaultSection;

    /// <summary>
    /// The sources that hold settings now. One that held some and is empty altogether later lost its file: nobody
    /// deletes every setting of an application to change its limits.
    /// </summary>
    public IReadOnlyList<IConfigurationProvider> Contributors() =>
        _root is null || Section is null ? [] : [.. _root.Providers.Where(provider => provider.GetChildKeys([], Section.Path).Any())];

    public static bool IsEmpty(IConfigurationProvider provider) => !provider.GetChildKeys([], null).Any();
}

/// <summary>A configuration that <c>AddSmartRateLimit</c> was given.</summary>
internal sealed record GivenConfiguration(IConfiguration Configuration);
