using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace WebApi;

/// <summary>Health as JSON: the status of each check and what it found.</summary>
public static class HealthEndpoint
{
    public static void MapHealth(this WebApplication app) => app.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), data = entry.Value.Data }),
        }),
    });
}
