using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartRateLimit.Limiting;

namespace SmartRateLimit;

/// <summary>
/// Has every backend of the limiter make a real decision. Healthy when all do, degraded when some do, and the
/// registration's failure status when none does. Data holds <c>{backend}.status</c>, <c>{backend}.latency_ms</c>, where
/// there is something to say <c>{backend}.description</c>, and of a remote one the state of its breaker as
/// <c>{backend}.circuit</c>. Each backend of a <see cref="MultiBackend"/> has its own, as <c>{multi}.{backend}.status</c>.
/// </summary>
/// <remarks><c>AddSmartRateLimit</c> registers it: <c>services.AddHealthChecks().AddCheck&lt;RateLimitHealthCheck&gt;("rate limits")</c>.</remarks>
public sealed class RateLimitHealthCheck : IHealthCheck
{
    private readonly BackendSet _backends;

    internal RateLimitHealthCheck(BackendSet backends) => _backends = backends;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var checks = _backends.All.Select(entry => CheckAsync(entry.Backend, cancellationToken)).ToList();
        var found = await Task.WhenAll(checks).ConfigureAwait(false);

        var data = new Dictionary<string, object>();
        var sick = new List<string>();
        foreach (var ((name, backend), health) in _backends.All.Zip(found))
        {
            Report(name, health, data);
            ReportParts(name, backend, data);
            if (!health.IsHealthy)
            {
                sick.Add(name);
            }
        }

        var description = sick.Count == 0 ? null : "The rate limit cannot be kept by: " + string.Join(", ", sick) + ".";
        var isWhole = _backends.All.All(entry => entry.Backend is not MultiBackend multi || multi.Statuses.All(member => member.IsHealthy));
        var status = sick.Count == 0 ? (isWhole ? HealthStatus.Healthy : HealthStatus.Degraded) : sick.Count < found.Length ? HealthStatus.Degraded : context.Registration.FailureStatus;
        return new HealthCheckResult(status, description, exception: null, data);
    }

    private static async Task<BackendHealth> CheckAsync(IRateLimitBackend backend, CancellationToken cancellationToken)
    {
        try
        {
            return await backend.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new BackendHealth(IsHealthy: false, Timeout.InfiniteTimeSpan, exception.Message);
        }
    }

    private static void ReportParts(string name, IRateLimitBackend backend, Dictionary<string, object> data)
    {
        if (backend is RemoteBackend remote)
        {
            data[name + ".circuit"] = remote.CircuitState.ToString();
        }

        if (backend is not MultiBackend multi)
        {
            return;
        }

        foreach (var (status, member) in multi.Statuses.Zip(multi.Backends))
        {
            Report($"{name}.{status.Name}", new BackendHealth(status.IsHealthy, status.Latency, status.Description), data);
            ReportParts($"{name}.{status.Name}", member, data);
        }
    }

    private static void Report(string name, BackendHealth health, Dictionary<string, object> data)
    {
        data[name + ".status"] = health.IsHealthy ? nameof(HealthStatus.Healthy) : nameof(HealthStatus.Unhealthy);
        if (health.Latency != Timeout.InfiniteTimeSpan)
        {
            data[name + ".latency_ms"] = health.Latency.TotalMilliseconds;
        }

        if (health.Description is { } description)
        {
            data[name + ".description"] = description;
        }
    }
}
