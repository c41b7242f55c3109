using Microsoft.Extensions.Configuration;
using SmartRateLimit.Naming;

namespace SmartRateLimit.Hosting;

/// <summary>
/// The backends that configuration lists, in place of those that code registered: each is the name of one of these, or a
/// kind. Several are one <see cref="MultiBackend"/>. The section of a kind alone stands for a list of it.
/// </summary>
internal sealed class ConfiguredBackends(IEnumerable<BackendKind> kinds)
{
    private readonly BackendKind[] _kinds = [.. kinds.Append(BackendKind.Memory)];

    /// <returns>What takes the place of the registrations of code; <see langword="null"/> where nothing does.</returns>
    public IReadOnlyList<BackendRegistration>? Resolve(IConfigurationSection section, ConfiguredSettings read, SmartRateLimitOptions code, ICollection<string> errors)
    {
        var named = read.Backends ?? [.. _kinds.Where(kind => IsPresent(section, kind)).Select(kind => kind.Name)];
        var found = new List<BackendRegistration>();
        for (var i = 0; i < named.Count; i++)
        {
            if (named.Take(i).Contains(named[i], StringComparer.OrdinalIgnoreCase))
            {
                errors.Add($"{section.Path}:{nameof(ConfiguredSettings.Backends)}:{i} is \"{named[i]}\", which is listed already; list each backend once.");
            }
            else if (Find(section, named[i], i, code, errors) is { } registration)
            {
                found.Add(registration);
            }
        }

        return found.Count < 2 ? (found.Count == 0 ? null : found) : Together(found, read.Strategy, code.TimeProvider);
    }

    /// <summary>What the backends were made from, to see that it changed.</summary>
    public string Fingerprint(IConfigurationSection section) => string.Join('\n', _kinds.Select(kind => kind.Name)
        .Append(nameof(ConfiguredSettings.Backends)).Append(nameof(ConfiguredSettings.Strategy))
        .SelectMany(key => section.GetSection(key).AsEnumerable())
        .Select(setting => setting.Key + '=' + setting.Value));

    // A variable of the environment that is set to nothing is not set.
    private static bool IsPresent(IConfigurationSection section, BackendKind kind) =>
        Of(section, kind) is var own && (!string.IsNullOrEmpty(own.Value) || own.GetChildren().Any());

    /// <summary>The kind's section, which messages name as it was written.</summary>
    private static IConfigurationSection Of(IConfigurationSection section, BackendKind kind) =>
        section.GetChildren().FirstOrDefault(child => kind.Is(child.Key)) ?? section.GetSection(kind.Name);

    private BackendRegistration? Find(IConfigurationSection section, string name, int index, SmartRateLimitOptions code, ICollection<string> errors)
    {
        var kind = Array.Find(_kinds, candidate => candidate.Is(name));
        if ((kind is null || !IsPresent(section, kind)) && code.Backends.FirstOrDefault(registered => registered.Name == name) is { } registration)
        {
            return registration;
        }

        if (kind is not null)
        {
            return Make(kind, Of(section, kind), code.TimeProvider, errors);
        }

        var known = _kinds.Select(candidate => candidate.Name).Concat(code.Backends.Select(registered => registered.Name)).Distinct().ToArray();
        var right = BackendKind.Advice(name) is { } advice ? advice
            : NearestName.Of(name, known) is { } nearest ? $"did you mean {nearest}?"
            : "known are " + string.Join(", ", known);
        errors.Add($"{section.Path}:{nameof(ConfiguredSettings.Backends)}:{index} is \"{name}\"; {right}{(right.EndsWith('?') ? string.Empty : ".")}");
        return null;
    }

    private static BackendRegistration? Make(BackendKind kind, IConfigurationSection section, TimeProvider time, ICollection<string> errors)
    {
        var options = new SmartRateLimitOptions { TimeProvider = time };
        try
        {
            kind.Use(options, section);
            return options.Backends[^1];
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            errors.Add($"{section.Path}: {wrong.Message}");
            return null;
        }
    }

    private static IReadOnlyList<BackendRegistration> Together(List<BackendRegistration> registrations, MultiBackendStrategy? strategy, TimeProvider time) =>
        new SmartRateLimitOptions { TimeProvider = time }.UseMulti(multi =>
        {
            multi.Options.Strategy = strategy ?? multi.Options.Strategy;
            registrations.ForEach(registration => multi.Add(registration));
        }).Backends;
}
