using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit.Telemetry;

namespace SmartRateLimit.Hosting;

/// <summary>
/// Puts configured values over those of code. Invalid ones stop the start; later, the last good ones stay, so that
/// whoever asks for the options always gets valid ones.
/// </summary>
internal sealed class ApplyConfiguration(ConfigurationSource source, IEnumerable<SettingsPart> parts, ILogger logger) : IPostConfigureOptions<SmartRateLimitOptions>
{
    private readonly object _gate = new();
    private ConfiguredSettings? _lastGood;
    private IReadOnlyList<IConfigurationProvider> _contributors = [];
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
            var errors = Errors(options, read).ToList();
            if (errors.Count == 0)
            {
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
