using System.Collections.Frozen;
using SmartRateLimit.Hosting;
using SmartRateLimit.Limiting;

namespace SmartRateLimit;

/// <summary>
/// Settings of the limiter that <c>AddSmartRateLimit</c> registers. What configuration says replaces what code says, and
/// may change while the application runs.
/// </summary>
public sealed class SmartRateLimitOptions
{
    private readonly List<BackendRegistration> _backends = [];

    /// <summary>The clock of the limiter. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Whether anything is limited. Default <see langword="true"/>; when off, every decision is <see cref="RateLimitReason.Skipped"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// What keeps this application's buckets apart from others' in one store. Default empty; up to 100 characters, no
    /// spaces, control characters or braces. Backends that keep buckets outside the process start their keys with it;
    /// read when the limiter is made.
    /// </summary>
    public string KeyPrefix { get; set; } = string.Empty;

    /// <summary>The name of the backend for policies that name none; <see langword="null"/> (default) means the first registered.</summary>
    public string? Backend { get; set; }

    /// <summary>What happens when a backend cannot decide, for policies that do not say; <see langword="null"/> (default) means <see cref="FailureMode.Local"/>.</summary>
    public FailureMode? OnBackendFailure { get; set; }

    /// <summary>
    /// Whether logs show a hash in place of a key. Default <see langword="false"/>. The hash is the same for as long as
    /// the process runs, and cannot be told from outside.
    /// </summary>
    public bool HashKeysInLogs { get; set; }

    /// <summary>What replaces the numbers of the policies of a name; names in any case.</summary>
    public IDictionary<string, RateLimitPolicyOverride> Policies { get; } = new Dictionary<string, RateLimitPolicyOverride>(StringComparer.OrdinalIgnoreCase);

    internal IReadOnlyList<BackendRegistration> Backends => _backends;

    /// <summary>The section that configures these settings.</summary>
    internal string Path { get; set; } = ConfigurationSource.DefaultSection;

    /// <summary>What is wrong with the configuration that the application started with.</summary>
    internal IReadOnlyList<string> ConfigurationErrors { get; set; } = [];

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

    internal LimiterSettings ToSettings() => new()
    {
        Path = Path,
        IsEnabled = Enabled,
        KeyPrefix = KeyPrefix,
        Backend = Backend,
        OnBackendFailure = OnBackendFailure,
        HashKeysInLogs = HashKeysInLogs,
        Policies = Policies.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    };

    internal void Take(LimiterSettings settings)
    {
        Enabled = settings.IsEnabled;
        KeyPrefix = settings.KeyPrefix;
        Backend = settings.Backend;
        OnBackendFailure = settings.OnBackendFailure;
        HashKeysInLogs = settings.HashKeysInLogs;
        foreach (var (name, numbers) in settings.Policies)
        {
            Policies[name] = numbers;
        }
    }

    /// <summary>Puts the backends that configuration lists in place of those that code registered.</summary>
    internal void Replace(IEnumerable<BackendRegistration> backends)
    {
        var replacing = backends.ToArray();
        _backends.Clear();
        _backends.AddRange(replacing);
    }

    private SmartRateLimitOptions Add(BackendRegistration registration)
    {
        _backends.Add(registration);
        return this;
    }
}
