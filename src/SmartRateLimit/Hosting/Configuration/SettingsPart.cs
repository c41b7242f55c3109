namespace SmartRateLimit.Hosting;

/// <summary>A key of the configuration section that another package reads and checks.</summary>
internal sealed record SettingsPart(string Key);
