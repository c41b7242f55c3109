using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SmartRateLimit.AspNetCore.Hosting;
using SmartRateLimit.AspNetCore.Options;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>The settings in force: what services configured, then what <c>UseSmartRateLimit</c> was given, then the configuration section.</summary>
internal sealed class HttpSettingsSource
{
    private readonly IConfiguration? _configuration;
    private readonly IOptionsFactory<HttpRateLimitOptions> _factory;
    private readonly Action<HttpRateLimitOptions>? _configure;
    private readonly ILogger _logger;
    private volatile HttpSettings _current;

    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public HttpSettingsSource(IOptionsFactory<HttpRateLimitOptions> factory, IConfiguration? configuration, Action<HttpRateLimitOptions>? configure, ILogger logger)
    {
        _factory = factory;
        _configuration = configuration;
        _configure = configure;
        _logger = logger;
        _current = Read();
        if (configuration is not null)
        {
            ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        }
    }

    public HttpSettings Current => _current;

    /// <summary>What must hold of settings before they replace the ones in force; set once the endpoints are known.</summary>
    public Action<HttpSettings>? Check { get; set; }

    private HttpSettings Read()
    {
        var options = _factory.Create(Microsoft.Extensions.Options.Options.DefaultName);
        _configure?.Invoke(options);
        if (_configuration is not null)
        {
            try
            {
                HttpSection.Apply(_configuration, options);
            }
            catch (FormatException e)
            {
                throw new OptionsValidationException(nameof(HttpRateLimitOptions), typeof(HttpRateLimitOptions), [e.Message]);
            }
        }

        return HttpSettingsFactory.Create(options);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever is wrong with a changed file, the last good settings stay in force.")]
    private void Reload()
    {
        try
        {
            var settings = Read();
            Check?.Invoke(settings);
            _current = settings;
        }
        catch (Exception e)
        {
            Log.ChangeRefused(_logger, e);
        }
    }
}
