namespace SmartRateLimit.MongoDB.Calls;

/// <summary>The documents of buckets in a store, of which each command touches one, as one step.</summary>
internal interface IBucketCollection : IDisposable
{
    /// <summary>Carries a command out.</summary>
    /// <exception cref="RateLimitBackendException">It could not be.</exception>
    Task RunAsync(Command command, CancellationToken cancellationToken);

    /// <summary>The same, blocking the thread.</summary>
    void Run(Command command);
}
