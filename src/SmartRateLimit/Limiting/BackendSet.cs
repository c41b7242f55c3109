namespace SmartRateLimit.Limiting;

/// <summary>The backends of a limiter by name.</summary>
internal sealed class BackendSet(IReadOnlyList<(string Name, IRateLimitBackend Backend)> backends)
{
    public IReadOnlyList<(string Name, IRateLimitBackend Backend)> All => backends;

    /// <summary>The names of all, for a message.</summary>
    public string Names => string.Join(", ", backends.Select(entry => $"\"{entry.Name}\""));

    /// <summary>The backend of a name; <see langword="null"/> when there is none.</summary>
    public IRateLimitBackend? Find(string name)
    {
        foreach (var entry in backends)
        {
            if (entry.Name == name)
            {
                return entry.Backend;
            }
        }

        return null;
    }

    /// <summary>The backend that the policy names, or else the one of the given name, or else the first.</summary>
    /// <exception cref="ArgumentException">There is none of the name, or it cannot do the policy.</exception>
    public IRateLimitBackend For(RateLimitPolicy policy, string? defaultName)
    {
        var backend = (policy.Backend ?? defaultName) is { } name ? Named(policy, name) : backends[0].Backend;
        return backend.Supports(policy, out var reason)
            ? backend
            : throw new ArgumentException($"The backend \"{backend.Name}\" cannot do the policy \"{policy.Name}\": {reason}", nameof(policy));
    }

    private IRateLimitBackend Named(RateLimitPolicy policy, string wanted) => Find(wanted)
        ?? throw new ArgumentException($"The policy \"{policy.Name}\" asks for the backend \"{wanted}\", but registered are {Names}.", nameof(policy));
}
