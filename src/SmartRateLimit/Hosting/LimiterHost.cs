using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit.Limiting;
using SmartRateLimit.Telemetry;

namespace SmartRateLimit.Hosting;

/// <summary>Makes the limiter of one service provider, keeps its settings current, and disposes the backends that were made for it.</summary>
internal sealed class LimiterHost : IDisposable, IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly List<IRateLimitBackend> _owned = [];
    private readonly ILogger _logger;
    private readonly IDisposable? _changes;

    public LimiterHost(IOptionsMonitor<SmartRateLimitOptions> options, ILogger logger, IServiceProvider services)
    {
        _logger = logger;
        var current = options.CurrentValue;
        Backends = new BackendSet(Make(current, services));
        Limiter = new SmartRateLimiter(new PolicyTable(Backends, current.ToSettings()), current.TimeProvider, logger);
        if (!current.Enabled)
        {
            LimiterLog.SwitchedOff(logger, current.Path);
        }

        _changes = options.OnChange((changed, name) =>
        {
            if (name == Options.DefaultName)
            {
                Apply(changed.ToSettings());
            }
        });
    }

    public SmartRateLimiter Limiter { get; }

    public BackendSet Backends { get; }

    public void Dispose()
    {
        _changes?.Dispose();
        foreach (var backend in _owned)
        {
            (backend as IDisposable)?.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _changes?.Dispose();
        foreach (var backend in _owned)
        {
            if (backend is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (backend as IDisposable)?.Dispose();
            }
        }
    }

    private List<(string Name, IRateLimitBackend Backend)> Make(SmartRateLimitOptions options, IServiceProvider services)
    {
        var backends = new List<(string, IRateLimitBackend)>();
        foreach (var registration in options.Backends)
        {
            var backend = registration.Create(services)
                ?? throw new InvalidOperationException($"The function that makes the backend \"{registration.Name}\" returned null.");
            backends.Add((registration.Name, backend));
            if (registration.IsOwned)
            {
                _owned.Add(backend);
            }
        }

        if (backends.Count == 0)
        {
            backends.Add((SettingsRules.DefaultBackend, new MemoryBackend(new MemoryBackendOptions { TimeProvider = options.TimeProvider })));
        }

        return backends;
    }

    private void Apply(LimiterSettings changed)
    {
        lock (_gate)
        {
            var inForce = Limiter.Table.Settings;
            if (changed.KeyPrefix != inForce.KeyPrefix)
            {
                LimiterLog.KeyPrefixChanged(_logger, changed.Path);
                changed = changed with { KeyPrefix = inForce.KeyPrefix };
            }

            if (changed == inForce)
            {
                return;
            }

            // Only now is it known which policies the changed numbers meet.
            var errors = new PolicyTable(Backends, changed).Conflicts(Limiter.Table.Policies).ToList();
            if (errors.Count > 0)
            {
                LimiterLog.SettingsInvalid(_logger, changed.Path, string.Join(" ", errors));
                return;
            }

            Limiter.Table = new PolicyTable(Backends, changed, (policy, conflict) => LimiterLog.OverrideConflicts(_logger, policy.Name, conflict.Message));
            Announce(inForce, changed);
        }
    }

    private void Announce(LimiterSettings before, LimiterSettings now)
    {
        LimiterLog.SettingsChanged(_logger, now.Path);
        if (before.IsEnabled && !now.IsEnabled)
        {
            LimiterLog.SwitchedOff(_logger, now.Path);
        }
        else if (!before.IsEnabled && now.IsEnabled)
        {
            LimiterLog.SwitchedOn(_logger);
        }
    }
}
