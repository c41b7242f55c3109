using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit.Telemetry;

namespace SmartRateLimit.Hosting;

/// <summary>
/// Puts configured values over those of code. Invalid ones stop the start; later, the last good ones stay, so that
/// whoever asks for the options always gets valid ones.
/// </summary>
internal sealed class ApplyConfiguration(ConfigurationSource source, IEnumerable<SettingsPart> parts, ConfiguredBackends backends, ILogger logger) : IPostConfigureOptions<SmartRateLimitOptions>
{
    private readonly object _gate = new();
    private ConfiguredSettings? _lastGood;
    private IReadOnlyList<IConfigurationProvider> _contributors = [];
    private (IReadOnlyList<BackendRegistration>? Registrations, string Fingerprint) _backends;
    private string? _reported;

    public void PostConfigure(string? name, SmartRateLimitOptions options)
    {
        if (name != Options.DefaultName || source.Section is null)
        {
            return;
        }

        lock (_gate)
        {
            options.Path = source.Path;
            var read = ConfiguredSettings.Read(source.Section, parts);
            var errors = new List<string>();
            var listed = backends.Resolve(source.Section, read, options, errors);
            options.Replace((_lastGood is null ? listed : _backends.Registrations) ?? options.Backends);
            errors.AddRange(Errors(options, read));
            if (errors.Count == 0)
            {
                Keep(listed, backends.Fingerprint(source.Section));
                _lastGood = read;
                _contributors = source.Contributors();
                _reported = null;
            }
            else if (_lastGood is null)
            {
                options.ConfigurationErrors = errors;
            }
            else
            {
                Report(string.Join(" ", errors));
            }

            options.Take((_lastGood ?? read).Over(options.ToSettings()));
        }
    }

    /// <summary>Backends are made once, so that those which the application started with stay.</summary>
    private void Keep(IReadOnlyList<BackendRegistration>? listed, string fingerprint)
    {
        if (_lastGood is null)
        {
            _backends = (listed, fingerprint);
        }
        else if (_backends.Fingerprint != fingerprint)
        {
            _backends.Fingerprint = fingerprint;
            LimiterLog.BackendsChanged(logger, source.Path);
        }
    }

    // Options are worked out once for every way to ask for them.
    private void Report(string errors)
    {
        if (errors != _reported)
        {
            _reported = errors;
            LimiterLog.SettingsInvalid(logger, source.Path, errors);
        }
    }

    private IEnumerable<string> Errors(SmartRateLimitOptions options, ConfiguredSettings read)
    {
        var isLost = _contributors.Any(ConfigurationSource.IsEmpty) || (_lastGood is { IsEmpty: false } && read.IsEmpty);
        return isLost
            ? [$"A source that held settings in {source.Path} is empty now; was its file deleted or only written in part?"]
            : read.Errors.Concat(SettingsRules.Check(read.Over(options.ToSettings()), options.Backends));
    }
}
