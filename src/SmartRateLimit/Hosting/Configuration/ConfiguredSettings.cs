using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using SmartRateLimit.Limiting;

namespace SmartRateLimit.Hosting;

/// <summary>What a configuration section says; <see langword="null"/> where it says nothing.</summary>
internal sealed record ConfiguredSettings
{
    private static readonly string[] Known = [nameof(Enabled), nameof(KeyPrefix), nameof(Backend), nameof(Backends), nameof(Strategy), nameof(OnBackendFailure), nameof(HashKeysInLogs), nameof(Policies)];

    public bool? Enabled { get; init; }

    public string? KeyPrefix { get; init; }

    public string? Backend { get; init; }

    /// <summary>The backends in order; <see langword="null"/> when none is listed.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

    public MultiBackendStrategy? Strategy { get; init; }

    public FailureMode? OnBackendFailure { get; init; }

    public bool? HashKeysInLogs { get; init; }

    public required IReadOnlyDictionary<string, RateLimitPolicyOverride> Policies { get; init; }

    public required IReadOnlyList<string> Errors { get; init; }

    public required bool IsEmpty { get; init; }

    /// <param name="section">The section.</param>
    /// <param name="parts">Keys that others read.</param>
    public static ConfiguredSettings Read(IConfiguration section, IEnumerable<SettingsPart> parts)
    {
        var reader = new SettingReader();
        var known = Known.Concat(parts.Select(part => part.Key)).ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase);
        foreach (var unknown in section.GetChildren().Where(child => !known.Contains(child.Key)))
        {
            reader.Fail(BackendKind.Advice(unknown.Key) is { } advice
                ? $"{unknown.Path} is the section of a backend that is not there; {advice}."
                : SettingReader.Unknown(unknown.Path, "setting of the rate limiter", known));
        }

        return new ConfiguredSettings
        {
            Enabled = reader.Boolean(section.GetSection(nameof(Enabled))),
            KeyPrefix = reader.Text(section.GetSection(nameof(KeyPrefix))),
            Backend = reader.Text(section.GetSection(nameof(Backend))),
            Backends = reader.Texts(section.GetSection(nameof(Backends))),
            Strategy = reader.Choice<MultiBackendStrategy>(section.GetSection(nameof(Strategy))),
            OnBackendFailure = reader.Choice<FailureMode>(section.GetSection(nameof(OnBackendFailure))),
            HashKeysInLogs = reader.Boolean(section.GetSection(nameof(HashKeysInLogs))),
            Policies = ConfiguredPolicies.Read(section.GetSection(nameof(Policies)), reader),
            Errors = reader.Errors,
            IsEmpty = !section.GetChildren().Any(),
        };
    }

    /// <summary>The settings with these values in place of what code says.</summary>
    public LimiterSettings Over(LimiterSettings code) => code with
    {
        IsEnabled = Enabled ?? code.IsEnabled,
        KeyPrefix = KeyPrefix ?? code.KeyPrefix,
        Backend = Backend ?? code.Backend,
        OnBackendFailure = OnBackendFailure ?? code.OnBackendFailure,
        HashKeysInLogs = HashKeysInLogs ?? code.HashKeysInLogs,
        Policies = code.Policies.Keys.Union(Policies.Keys, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(name => name, name => Merge(code.Policies.GetValueOrDefault(name), Policies.GetValueOrDefault(name)), StringComparer.OrdinalIgnoreCase),
    };

    private static RateLimitPolicyOverride Merge(RateLimitPolicyOverride? code, RateLimitPolicyOverride? configured) =>
        code is null || configured is null ? (configured ?? code)! : code.With(configured);
}
