using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartRateLimit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the limiter to the application's health.</summary>
public static class SmartRateLimitHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that has every backend make a real decision; see <see cref="RateLimitHealthCheck"/>. It needs <c>AddSmartRateLimit</c>.</summary>
    /// <param name="builder">The application's checks.</param>
    /// <param name="name">The name under which it reports. Default <c>rate limits</c>.</param>
    /// <param name="failureStatus">What it reports when no backend can decide; <see langword="null"/> (default) means <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags by which checks are chosen.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddSmartRateLimit(this IHealthChecksBuilder builder, string name = "rate limits", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        return builder.Add(new HealthCheckRegistration(name, services => services.GetRequiredService<RateLimitHealthCheck>(), failureStatus, tags));
    }
}
