using SmartRateLimit.Hosting;

namespace SmartRateLimit;

/// <summary>Settings of the limiter that <c>AddSmartRateLimit</c> registers.</summary>
public sealed class SmartRateLimitOptions
{
    private readonly List<BackendRegistration> _backends = [];

    /// <summary>The clock of the limiter. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal IReadOnlyList<BackendRegistration> Backends => _backends;

    /// <summary>Keeps buckets in this process.</summary>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>These options.</returns>
    public SmartRateLimitOptions UseMemory(Action<MemoryBackendOptions>? configure = null)
    {
        var memory = new MemoryBackendOptions { TimeProvider = TimeProvider };
        configure?.Invoke(memory);
        return AddBackend(memory.Name, _ => new MemoryBackend(memory));
    }

    /// <summary>Registers a backend under a name; the first one registered is used by policies that name none.</summary>
    /// <param name="name">The name that <see cref="RateLimitPolicy.Backend"/> refers to; not empty, unique.</param>
    /// <param name="backend">The backend; the caller keeps owning it.</param>
    /// <returns>These options.</returns>
    public SmartRateLimitOptions AddBackend(string name, IRateLimitBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return Add(new BackendRegistration(name, _ => backend, IsOwned: false));
    }

    /// <summary>Registers a backend that is made from services; the first one registered is used by policies that name none.</summary>
    /// <param name="name">The name that <see cref="RateLimitPolicy.Backend"/> refers to; not empty, unique.</param>
    /// <param name="create">Makes the backend, once; it is disposed with the limiter.</param>
    /// <returns>These options.</returns>
    public SmartRateLimitOptions AddBackend(string name, Func<IServiceProvider, IRateLimitBackend> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Add(new BackendRegistration(name, create, IsOwned: true));
    }

    private SmartRateLimitOptions Add(BackendRegistration registration)
    {
        _backends.Add(registration);
        return this;
    }
}
