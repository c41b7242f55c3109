namespace SmartRateLimit;

/// <summary>Registers several backends as one.</summary>
public static class MultiBackendRegistrationExtensions
{
    /// <summary>Keeps buckets in the first of several backends that is healthy: <c>UseMulti(m => m.AddMemory())</c>.</summary>
    /// <param name="options">The limiter's options.</param>
    /// <param name="configure">Lists the backends, the preferred one first.</param>
    /// <returns>The same options.</returns>
    public static SmartRateLimitOptions UseMulti(this SmartRateLimitOptions options, Action<MultiBackendBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MultiBackendBuilder(options.TimeProvider);
        configure(builder);
        return options.AddBackend(builder.Options.Name, builder.Build);
    }
}
