using SmartRateLimit.Limiting;
using SmartRateLimit.Naming;

namespace SmartRateLimit.Hosting;

/// <summary>What settings must satisfy together, whoever wrote them. Each error names the key.</summary>
internal static class SettingsRules
{
    public const string DefaultBackend = "memory";

    private const int MaxPrefix = 100;

    public static IEnumerable<string> Check(LimiterSettings settings, IReadOnlyList<BackendRegistration> backends)
    {
        string[] names = backends.Count == 0 ? [DefaultBackend] : [.. backends.Select(backend => backend.Name)];
        var prefix = settings.KeyPrefix ?? string.Empty;
        if (prefix.Length > MaxPrefix || prefix.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '{' or '}'))
        {
            yield return $"{settings.Path}:KeyPrefix is \"{prefix}\"; write up to {MaxPrefix} characters without spaces or braces.";
        }

        if (UnknownBackend(settings.Path, settings.Backend, names) is { } unknown)
        {
            yield return unknown;
        }

        foreach (var (name, numbers) in settings.Policies)
        {
            var path = $"{settings.Path}:Policies:{name}";
            if (UnknownBackend(path, numbers.Backend, names) is { } unknownHere)
            {
                yield return unknownHere;
            }

            if (Contradiction(name, numbers) is { } contradiction)
            {
                yield return $"{path} contradicts itself. {contradiction}";
            }
        }
    }

    private static string? UnknownBackend(string path, string? backend, string[] names) =>
        backend is null || names.Contains(backend) ? null
        : NearestName.Of(backend, names) is { } nearest ? $"{path}:Backend is \"{backend}\"; did you mean {nearest}?"
        : $"{path}:Backend is \"{backend}\", but registered are {string.Join(", ", names)}.";

    /// <summary>What no policy could satisfy; what depends on the policy is seen when it meets the settings.</summary>
    private static string? Contradiction(string name, RateLimitPolicyOverride numbers)
    {
        try
        {
            var free = RateLimitPolicy.Parse(name, "10000/s") with
            {
                Algorithm = numbers.AlignToClock == false && numbers.Algorithm is null ? RateLimitAlgorithm.FixedWindow : default,
            };
            var knowsCapacity = numbers.Rate is not null || numbers.Burst is not null;
            _ = (numbers with { InitialPermits = knowsCapacity ? numbers.InitialPermits : null }).ApplyTo(free).Validate();
            return null;
        }
        catch (ArgumentException contradiction)
        {
            return contradiction.Message;
        }
    }
}
