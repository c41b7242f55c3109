using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>What is known of one application while its pipeline is put together.</summary>
internal sealed class RateLimitedApplication : IDisposable
{
    public List<MiddlewarePlacement> Middlewares { get; } = [];

    /// <summary>An endpoint that asks for a limit; <see langword="null"/> while none is known.</summary>
    public Endpoint? LimitedEndpoint { get; set; }

    /// <summary>What the keys of all limits ask of the application.</summary>
    public KeyNeeds Needs { get; set; }

    public void Dispose() => Middlewares.ForEach(middleware => middleware.Settings.Dispose());
}
