using Microsoft.Extensions.Configuration;

namespace SmartRateLimit.Hosting;

/// <summary>Reads the overrides of policies. A name may hold colons, as a route pattern does.</summary>
internal static class ConfiguredPolicies
{
    private static readonly string[] Known =
    [
        nameof(RateLimitPolicyOverride.Rate), nameof(RateLimitPolicyOverride.Algorithm), nameof(RateLimitPolicyOverride.Burst),
        nameof(RateLimitPolicyOverride.InitialPermits), nameof(RateLimitPolicyOverride.AlignToClock), nameof(RateLimitPolicyOverride.MaxWait),
        nameof(RateLimitPolicyOverride.OnBackendFailure), nameof(RateLimitPolicyOverride.Backend), nameof(RateLimitPolicyOverride.Shadow),
    ];

    public static Dictionary<string, RateLimitPolicyOverride> Read(IConfigurationSection policies, SettingReader reader)
    {
        var read = new Dictionary<string, RateLimitPolicyOverride>(StringComparer.OrdinalIgnoreCase);
        if (policies.Value is { Length: > 0 } value)
        {
            reader.Fail($"{policies.Path} is \"{value}\"; write a section for each policy, such as {policies.Path}:search:Rate.");
        }

        foreach (var policy in policies.GetChildren())
        {
            Read(policy, policy.Key, reader, read);
        }

        return read;
    }

    private static void Read(IConfigurationSection section, string name, SettingReader reader, Dictionary<string, RateLimitPolicyOverride> read)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            reader.Fail($"{section.Path} is \"{section.Value}\"; write what it replaces, such as {section.Path}:Rate.");
            return;
        }

        // A known name is a setting, whatever it holds; any other that has children continues the policy's name.
        var further = children.Where(child => !IsKnown(child) && child.GetChildren().Any()).ToList();
        foreach (var unknown in children.Where(child => !IsKnown(child)).Except(further))
        {
            reader.Fail(SettingReader.Unknown(unknown.Path, "setting of a policy", Known));
        }

        foreach (var part in further)
        {
            Read(part, name + ConfigurationPath.KeyDelimiter + part.Key, reader, read);
        }

        if (children.Exists(IsKnown))
        {
            read.Add(name, Override(section, reader));
        }
    }

    private static RateLimitPolicyOverride Override(IConfigurationSection section, SettingReader reader) => new()
    {
        Rate = reader.Rates(section.GetSection(nameof(RateLimitPolicyOverride.Rate))),
        Algorithm = reader.Choice<RateLimitAlgorithm>(section.GetSection(nameof(RateLimitPolicyOverride.Algorithm))),
        Burst = reader.Permits(section.GetSection(nameof(RateLimitPolicyOverride.Burst))),
        InitialPermits = reader.Permits(section.GetSection(nameof(RateLimitPolicyOverride.InitialPermits))),
        AlignToClock = reader.Boolean(section.GetSection(nameof(RateLimitPolicyOverride.AlignToClock))),
        MaxWait = reader.Duration(section.GetSection(nameof(RateLimitPolicyOverride.MaxWait))),
        OnBackendFailure = reader.Choice<FailureMode>(section.GetSection(nameof(RateLimitPolicyOverride.OnBackendFailure))),
        Backend = reader.Text(section.GetSection(nameof(RateLimitPolicyOverride.Backend))),
        Shadow = reader.Boolean(section.GetSection(nameof(RateLimitPolicyOverride.Shadow))),
    };

    private static bool IsKnown(IConfigurationSection child) => Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase);
}
