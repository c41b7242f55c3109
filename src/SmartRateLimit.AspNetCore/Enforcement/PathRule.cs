using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartRateLimit.AspNetCore.Endpoints;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>A limit for the endpoints of one route pattern, or for the paths under one prefix.</summary>
internal sealed class PathRule
{
    private readonly PathString _prefix;

    public PathRule(string path, LimitPlan limit)
    {
        IsPattern = path.Contains('{', StringComparison.Ordinal);
        Path = path;
        Limit = limit;
        _prefix = IsPattern ? default : new PathString(path.TrimEnd('/'));
    }

    public string Path { get; }

    public LimitPlan Limit { get; }

    public bool IsPattern { get; }

    /// <summary>Characters of the prefix: the longer, the more specific.</summary>
    public int PrefixLength => _prefix.Value?.Length ?? 0;

    /// <summary>
    /// Whether the rule is for this endpoint however its path is spelled: it has the rule's pattern, or its own pattern
    /// starts with the prefix.
    /// </summary>
    public bool Matches(RouteEndpoint endpoint)
    {
        var pattern = EndpointPattern.Of(endpoint);
        pattern = pattern.Length > 1 ? pattern.TrimEnd('/') : pattern;
        return IsPattern
            ? pattern.Equals("/" + Path.Trim('/'), StringComparison.OrdinalIgnoreCase)
            : new PathString(pattern).StartsWithSegments(_prefix, StringComparison.OrdinalIgnoreCase);
    }

    public bool Matches(PathString path) =>
        !IsPattern && path.StartsWithSegments(_prefix, StringComparison.OrdinalIgnoreCase);
}
