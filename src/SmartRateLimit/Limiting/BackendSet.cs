namespace SmartRateLimit.Limiting;

/// <summary>The backends of a limiter by name; the first is the one that policies without a backend's name use.</summary>
internal sealed class BackendSet
{
    private readonly IReadOnlyList<(string Name, IRateLimitBackend Backend)> _backends;

    public BackendSet(IReadOnlyList<(string Name, IRateLimitBackend Backend)> backends) => _backends = backends;

    /// <exception cref="ArgumentException">The policy names no backend of this set, or its backend cannot do it.</exception>
    public IRateLimitBackend For(RateLimitPolicy policy)
    {
        var backend = policy.Backend is null ? _backends[0].Backend : Named(policy);
        return backend.Supports(policy, out var reason)
            ? backend
            : throw new ArgumentException($"The backend \"{backend.Name}\" cannot do the policy \"{policy.Name}\": {reason}", nameof(policy));
    }

    private IRateLimitBackend Named(RateLimitPolicy policy)
    {
        foreach (var (name, backend) in _backends)
        {
            if (name == policy.Backend)
            {
                return backend;
            }
        }

        var known = string.Join(", ", _backends.Select(entry => $"\"{entry.Name}\""));
        throw new ArgumentException($"The policy \"{policy.Name}\" asks for the backend \"{policy.Backend}\", but registered are {known}.", nameof(policy));
    }
}
