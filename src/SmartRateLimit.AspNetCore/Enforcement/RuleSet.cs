using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>The default rate and the rules by path, of which one applies to a request.</summary>
internal sealed class RuleSet
{
    private readonly LimitPlan? _default;
    private readonly PathRule[] _rules;
    private readonly PathString[] _skipPaths;
    private readonly string[] _methods;

    /// <param name="defaultLimit">What applies where no rule matches.</param>
    /// <param name="rules">The rules in the order written.</param>
    /// <param name="skipPaths">Prefixes that are left alone.</param>
    /// <param name="methods">Request methods to which all of it applies; empty means every method.</param>
    public RuleSet(LimitPlan? defaultLimit, IEnumerable<PathRule> rules, IEnumerable<string> skipPaths, IEnumerable<string> methods)
    {
        _default = defaultLimit;
        _rules = [.. rules.OrderByDescending(rule => rule.IsPattern).ThenByDescending(rule => rule.PrefixLength)];
        _skipPaths = [.. skipPaths.Select(path => new PathString(path.TrimEnd('/')))];
        _methods = [.. methods];
    }

    public IEnumerable<LimitPlan> Limits => _rules.Select(rule => rule.Limit).Concat(_default is null ? [] : [_default]);

    public IEnumerable<PathRule> Patterns => _rules.Where(rule => rule.IsPattern);

    /// <summary>Index of the most specific rule that an endpoint has however its path is spelled; the number of rules when none.</summary>
    public int Find(Endpoint endpoint)
    {
        var index = endpoint is RouteEndpoint route ? Array.FindIndex(_rules, rule => rule.Matches(route)) : -1;
        return index < 0 ? _rules.Length : index;
    }

    /// <summary>The limit that applies to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ofEndpoint">What <see cref="Find(Endpoint)"/> gave for its endpoint.</param>
    public LimitPlan? Find(HttpRequest request, int? ofEndpoint)
    {
        if ((_rules.Length == 0 && _default is null) || !Applies(request))
        {
            return null;
        }

        var path = Collapse(request.Path);
        var bound = ofEndpoint ?? _rules.Length;
        for (var i = 0; i < bound; i++)
        {
            if (_rules[i].Matches(path))
            {
                return _rules[i].Limit;
            }
        }

        return bound < _rules.Length ? _rules[bound].Limit : _default;
    }

    private bool Applies(HttpRequest request)
    {
        if (_methods.Length > 0 && !Array.Exists(_methods, method => HttpMethods.Equals(method, request.Method)))
        {
            return false;
        }

        foreach (var path in _skipPaths)
        {
            if (request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands behind an endpoint for every path may take doubled slashes for one, so a rule must as well.</summary>
    private static PathString Collapse(PathString path)
    {
        var text = path.Value ?? string.Empty;
        while (text.Contains("//", StringComparison.Ordinal))
        {
            text = text.Replace("//", "/", StringComparison.Ordinal);
        }

        return new PathString(text);
    }
}
