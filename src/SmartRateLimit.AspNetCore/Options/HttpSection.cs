using Microsoft.Extensions.Configuration;

namespace SmartRateLimit.AspNetCore.Options;

/// <summary>The configuration section of the middleware.</summary>
internal static class HttpSection
{
    public const string Key = "Http";
    public const string DefaultPath = "SmartRateLimit:" + Key;

    private static readonly SettingTable<HttpRateLimitRule> Rule = new(
        (nameof(HttpRateLimitRule.Path), (rule, value) => rule.Path = Setting.Text(value)),
        (nameof(HttpRateLimitRule.Rate), (rule, value) => rule.Rate = Setting.Text(value)),
        (nameof(HttpRateLimitRule.Key), (rule, value) => rule.Key = Setting.Text(value)),
        (nameof(HttpRateLimitRule.Name), (rule, value) => rule.Name = Setting.Text(value)),
        (nameof(HttpRateLimitRule.Algorithm), (rule, value) => rule.Algorithm = Setting.Choice<RateLimitAlgorithm>(value)),
        (nameof(HttpRateLimitRule.Burst), (rule, value) => rule.Burst = Setting.Number(value)),
        (nameof(HttpRateLimitRule.Shadow), (rule, value) => rule.Shadow = Setting.Switch(value)));

    private static readonly SettingTable<HttpRateLimitOptions> Options = new(
        (nameof(HttpRateLimitOptions.DefaultRate), (options, value) => options.DefaultRate = Setting.Text(value)),
        (nameof(HttpRateLimitOptions.Key), SetKey),
        (nameof(HttpRateLimitOptions.Rules), ReadRules),
        (nameof(HttpRateLimitOptions.SkipPaths), (options, value) => Setting.Texts(value, options.SkipPaths)),
        (nameof(HttpRateLimitOptions.Methods), (options, value) => Setting.Texts(value, options.Methods)),
        (nameof(HttpRateLimitOptions.Block), (options, value) => options.Block = Setting.Switch(value)),
        (nameof(HttpRateLimitOptions.Shadow), (options, value) => options.Shadow = Setting.Switch(value)),
        (nameof(HttpRateLimitOptions.StandardHeaders), (options, value) => options.StandardHeaders = Setting.Switch(value)),
        (nameof(HttpRateLimitOptions.LegacyHeaders), (options, value) => options.LegacyHeaders = Setting.Switch(value)),
        (nameof(HttpRateLimitOptions.IPv6PrefixLength), (options, value) => options.IPv6PrefixLength = (int)Math.Min(Setting.Number(value), int.MaxValue)),
        (nameof(HttpRateLimitOptions.TenantSource), SetTenantSource),
        (nameof(HttpRateLimitOptions.ApiKeySource), SetApiKeySource));

    public static void Apply(IConfigurationSection section, HttpRateLimitOptions options) => Options.Apply(section, options);

    // A key named in configuration stands in place of the function that code set, as everything in configuration does.
    private static void SetKey(HttpRateLimitOptions options, IConfigurationSection value) =>
        (options.Key, options.KeyFunction) = (Setting.Text(value), null);

    private static void SetTenantSource(HttpRateLimitOptions options, IConfigurationSection value) =>
        (options.TenantSource, options.Tenant) = (Setting.Text(value), null);

    private static void SetApiKeySource(HttpRateLimitOptions options, IConfigurationSection value) =>
        (options.ApiKeySource, options.ApiKey) = (Setting.Text(value), null);

    private static void ReadRules(HttpRateLimitOptions options, IConfigurationSection section)
    {
        options.Rules.Clear();
        foreach (var child in Setting.Children(section))
        {
            var rule = new HttpRateLimitRule();
            Rule.Apply(child, rule);
            options.Rules.Add(rule);
        }
    }
}
