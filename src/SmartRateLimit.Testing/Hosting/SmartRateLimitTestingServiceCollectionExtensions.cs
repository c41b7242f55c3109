using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartRateLimit;
using SmartRateLimit.Hosting;
using SmartRateLimit.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a limiter for tests into an application.</summary>
public static class SmartRateLimitTestingServiceCollectionExtensions
{
    /// <summary>
    /// Replaces the application's limiter by a <see cref="TestRateLimiter"/>, and every backend by memory on its clock, so
    /// that no store is connected to. What configuration says of limits stays in force. Call it where tests change
    /// services, after the application's own registrations.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="limiter">The limiter; <see langword="null"/> makes one. Either is a service of its type.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSmartRateLimitTesting(this IServiceCollection services, TestRateLimiter? limiter = null)
    {
        services.AddSmartRateLimit();
        services.RemoveAll<TestRateLimiter>();
        services.RemoveAll<IRateLimiter>();
        var given = limiter ?? new TestRateLimiter();
        services.AddSingleton(given);
        services.PostConfigure<SmartRateLimitOptions>(options => MoveToMemory(options, given.Clock));
        services.AddSingleton<IRateLimiter>(provider =>
        {
            given.Declared = new DeclaredLimits(provider.GetRequiredService<LimiterHost>().Limiter, knowsBackends: true);
            return given;
        });
        return services;
    }

    private static void MoveToMemory(SmartRateLimitOptions options, TestClock clock)
    {
        options.TimeProvider = clock;
        options.Replace(options.Backends.Select(backend => new BackendRegistration(
            backend.Name,
            _ => new MemoryBackend(new MemoryBackendOptions { Name = backend.Name, TimeProvider = clock }),
            IsOwned: true)));
    }
}
