using System.Runtime.CompilerServices;

namespace SmartRateLimit.Limiting;

/// <summary>
/// What is in force for each policy under one state of the settings. A change of settings replaces the whole table, so
/// that a call needs one comparison to know that what it remembers still holds.
/// </summary>
/// <param name="backends">The backends to choose from.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="onConflict">
/// Told when an override contradicts a policy, whose own numbers then stay in force; <see langword="null"/> makes a
/// contradiction an error of the call.
/// </param>
internal sealed class PolicyTable(BackendSet backends, LimiterSettings settings, Action<RateLimitPolicy, Exception>? onConflict = null)
{
    private readonly ConditionalWeakTable<RateLimitPolicy, PolicyResolution> _resolutions = [];

    public BackendSet Backends => backends;

    public LimiterSettings Settings => settings;

    /// <summary>The policies that were used under this table.</summary>
    public IEnumerable<RateLimitPolicy> Policies => _resolutions.Select(entry => entry.Key);

    /// <exception cref="ArgumentException">The policy contradicts itself or its override, or no backend can do it.</exception>
    public PolicyResolution Resolve(RateLimitPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Resolution is PolicyResolution resolution && ReferenceEquals(resolution.Table, this) ? resolution : ResolveOnce(policy);
    }

    /// <summary>What is wrong with these settings for policies that are in use.</summary>
    public IEnumerable<string> Conflicts(IEnumerable<RateLimitPolicy> policies)
    {
        foreach (var policy in policies)
        {
            string? conflict = null;
            try
            {
                _ = Resolve(policy);
            }
            catch (ArgumentException exception)
            {
                conflict = exception.Message;
            }

            if (conflict is not null)
            {
                yield return conflict;
            }
        }
    }

    private PolicyResolution ResolveOnce(RateLimitPolicy policy)
    {
        var resolution = _resolutions.GetValue(policy, Make);
        policy.Resolution = resolution;
        return resolution;
    }

    private PolicyResolution Make(RateLimitPolicy policy)
    {
        var original = settings.OnBackendFailure is { } mode && !policy.SetsFailureMode ? policy with { OnBackendFailure = mode } : policy;
        return settings.Policies.TryGetValue(policy.Name, out var numbers) ? Make(original, numbers) : For(original);
    }

    private PolicyResolution Make(RateLimitPolicy original, RateLimitPolicyOverride numbers)
    {
        try
        {
            return For(numbers.ApplyTo(original));
        }
        catch (ArgumentException conflict)
        {
            var explained = new ArgumentException(
                $"{settings.Path}:Policies:{original.Name} does not fit the policy of that name. {conflict.Message}", conflict);
            if (onConflict is null)
            {
                throw explained;
            }

            onConflict(original, explained);
            return For(original);
        }
    }

    private PolicyResolution For(RateLimitPolicy policy) => new(this, policy.Validate(), backends.For(policy, settings.Backend));
}
