using Microsoft.Extensions.Configuration;

namespace SmartRateLimit.Hosting;

/// <summary>A kind of backend that configuration can name, as a package or the application made it known.</summary>
/// <param name="Name">What configuration calls it; also its own section, in any case.</param>
/// <param name="Use">Registers a backend as code would, from that section.</param>
internal sealed record BackendKind(string Name, Action<SmartRateLimitOptions, IConfigurationSection> Use)
{
    public static readonly BackendKind Memory = new(SettingsRules.DefaultBackend, static (options, _) => options.UseMemory());

    // Only how to get it: the core knows no driver.
    private static readonly (string Name, string Package, string Call)[] Others =
    [
        ("redis", "SmartRateLimit.Redis", "AddSmartRateLimitRedis"),
        ("mongodb", "SmartRateLimit.MongoDB", "AddSmartRateLimitMongoDB"),
    ];

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What to do for a kind that a package brings; <see langword="null"/> for any other name.</summary>
    public static string? Advice(string name) =>
        Array.Find(Others, other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Package: { } package } known
            ? $"add the package {package} and call builder.Services.{known.Call}()"
            : null;
}
