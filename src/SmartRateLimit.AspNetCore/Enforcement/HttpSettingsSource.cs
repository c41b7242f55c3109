using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SmartRateLimit.AspNetCore.Hosting;
using SmartRateLimit.AspNetCore.Keys;
using SmartRateLimit.AspNetCore.Options;
using SmartRateLimit.Hosting;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>The settings in force: what services configured, then what <c>UseSmartRateLimit</c> was given, then the configuration section.</summary>
internal sealed class HttpSettingsSource : IDisposable
{
    private readonly ConfigurationSource _configuration;
    private readonly IConfigurationSection? _section;
    private readonly IOptionsFactory<HttpRateLimitOptions> _factory;
    private readonly TrustedProxies? _proxies;
    private readonly Action<HttpRateLimitOptions>? _configure;
    private readonly ILogger _logger;
    private readonly IDisposable? _changes;
    private IReadOnlyList<IConfigurationProvider> _contributors;
    private bool _isConfigured;
    private volatile HttpSettings _current;

    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public HttpSettingsSource(IOptionsFactory<HttpRateLimitOptions> factory, ConfigurationSource configuration, TrustedProxies? proxies, Action<HttpRateLimitOptions>? configure, ILogger logger)
    {
        _factory = factory;
        _configuration = configuration;
        _section = configuration.Section?.GetSection(HttpSection.Key);
        _proxies = proxies;
        _configure = configure;
        _logger = logger;
        _current = Read();
        _contributors = configuration.Contributors();
        _isConfigured = HasSettings();
        _changes = _section is null ? null : ChangeToken.OnChange(_section.GetReloadToken, Reload);
    }

    public HttpSettings Current => _current;

    /// <summary>What must hold of settings before they replace the ones in force; set once the endpoints are known.</summary>
    public Action<HttpSettings>? Check { get; set; }

    /// <summary>A configuration may outlive the application that read it.</summary>
    public void Dispose() => _changes?.Dispose();

    private bool HasSettings() => _section?.GetChildren().Any() is true;

    private HttpSettings Read()
    {
        var options = _factory.Create(Microsoft.Extensions.Options.Options.DefaultName);
        _configure?.Invoke(options);
        if (_section is null)
        {
            return HttpSettingsFactory.Create(options, HttpSection.DefaultPath, _proxies);
        }

        try
        {
            HttpSection.Apply(_section, options);
        }
        catch (FormatException e)
        {
            throw new OptionsValidationException(nameof(HttpRateLimitOptions), typeof(HttpRateLimitOptions), [e.Message]);
        }

        return HttpSettingsFactory.Create(options, _section.Path, _proxies);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever is wrong with a changed file, the last good settings stay in force.")]
    private void Reload()
    {
        try
        {
            if (_contributors.Any(ConfigurationSource.IsEmpty) || (_isConfigured && !HasSettings()))
            {
                // A file that was deleted or only written in part must not leave the application without limits.
                throw new InvalidOperationException($"What held settings of {_section!.Path} is empty now; was a file deleted or only written in part?");
            }

            var settings = Read();
            Check?.Invoke(settings);
            _current = settings;
            _contributors = _configuration.Contributors();
            _isConfigured = HasSettings();
        }
        catch (Exception e)
        {
            Log.ChangeRefused(_logger, e);
        }
    }
}
