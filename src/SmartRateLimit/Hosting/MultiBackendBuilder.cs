using SmartRateLimit.Hosting;

namespace SmartRateLimit;

/// <summary>Lists the backends of a <see cref="MultiBackend"/>, the preferred one first.</summary>
public sealed class MultiBackendBuilder
{
    private readonly List<(Func<IServiceProvider, IRateLimitBackend> Create, bool IsOwned)> _backends = [];

    internal MultiBackendBuilder(TimeProvider time) => Options = new MultiBackendOptions { TimeProvider = time };

    /// <summary>The settings.</summary>
    public MultiBackendOptions Options { get; }

    /// <summary>Adds a backend in this process.</summary>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>This builder.</returns>
    public MultiBackendBuilder AddMemory(Action<MemoryBackendOptions>? configure = null)
    {
        var memory = new MemoryBackendOptions { TimeProvider = Options.TimeProvider };
        configure?.Invoke(memory);
        return AddBackend(_ => new MemoryBackend(memory));
    }

    /// <summary>Adds a backend.</summary>
    /// <param name="backend">The backend; the caller keeps owning it.</param>
    /// <returns>This builder.</returns>
    public MultiBackendBuilder AddBackend(IRateLimitBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        _backends.Add((_ => backend, false));
        return this;
    }

    /// <summary>Adds a backend that is made from services.</summary>
    /// <param name="create">Makes the backend, once; it is disposed with the limiter.</param>
    /// <returns>This builder.</returns>
    public MultiBackendBuilder AddBackend(Func<IServiceProvider, IRateLimitBackend> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _backends.Add((create, true));
        return this;
    }

    internal void Add(BackendRegistration registration) => _backends.Add((registration.Create, registration.IsOwned));

    internal MultiBackend Build(IServiceProvider services)
    {
        var made = _backends.Select(entry => (Backend: entry.Create(services), entry.IsOwned)).ToArray();
        return new MultiBackend(
            made.Select(entry => entry.Backend), Options, [.. made.Where(entry => entry.IsOwned).Select(entry => entry.Backend)]);
    }
}
