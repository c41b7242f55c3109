namespace SmartRateLimit.Hosting;

/// <summary>A backend to be made when the limiter is.</summary>
internal sealed record BackendRegistration(string Name, Func<IServiceProvider, IRateLimitBackend> Create, bool IsOwned);
