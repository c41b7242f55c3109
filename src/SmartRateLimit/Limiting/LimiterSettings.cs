using System.Collections.Frozen;

namespace SmartRateLimit.Limiting;

/// <summary>What options and configuration say to a limiter. Immutable: a change makes another one.</summary>
internal sealed record LimiterSettings
{
    /// <summary>The configuration section that error messages name.</summary>
    public string Path { get; init; } = "SmartRateLimit";

    public bool IsEnabled { get; init; } = true;

    public string KeyPrefix { get; init; } = string.Empty;

    /// <summary>The backend of policies that name none; <see langword="null"/> means the first registered.</summary>
    public string? Backend { get; init; }

    /// <summary>The failure mode of policies that set none.</summary>
    public FailureMode? OnBackendFailure { get; init; }

    public bool HashKeysInLogs { get; init; }

    /// <summary>Overrides by policy name; in whatever case, as in configuration.</summary>
    public FrozenDictionary<string, RateLimitPolicyOverride> Policies { get; init; } = NoPolicies;

    public static FrozenDictionary<string, RateLimitPolicyOverride> NoPolicies { get; } =
        FrozenDictionary.ToFrozenDictionary<string, RateLimitPolicyOverride>([], StringComparer.OrdinalIgnoreCase);

    public bool Equals(LimiterSettings? other) =>
        other is not null
        && Path == other.Path
        && IsEnabled == other.IsEnabled
        && KeyPrefix == other.KeyPrefix
        && Backend == other.Backend
        && OnBackendFailure == other.OnBackendFailure
        && HashKeysInLogs == other.HashKeysInLogs
        && Policies.Count == other.Policies.Count
        && Policies.All(entry => other.Policies.TryGetValue(entry.Key, out var theirs) && entry.Value == theirs);

    public override int GetHashCode() => HashCode.Combine(IsEnabled, KeyPrefix, Backend, OnBackendFailure, Policies.Count);
}
