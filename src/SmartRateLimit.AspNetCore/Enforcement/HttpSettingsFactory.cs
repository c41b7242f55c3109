using Microsoft.Extensions.Options;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>Works options out, and says everything that is wrong with them at once.</summary>
internal static class HttpSettingsFactory
{
    /// <param name="options">The options.</param>
    /// <param name="path">The configuration section in which they can be set, for messages.</param>
    /// <param name="proxies">The proxies whose headers name clients, if any do.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong; the messages name each and what would be right.</exception>
    public static HttpSettings Create(HttpRateLimitOptions options, string path, TrustedProxies? proxies)
    {
        var errors = new SettingErrors(path);
        errors.Check("IPv6PrefixLength", options.IPv6PrefixLength is >= 1 and <= 128, $"the length of a prefix is {options.IPv6PrefixLength}, but must be from 1 to 128 bits");
        errors.Check("Key", options.Key is not null, "a key must be given; the default is http:ip");
        errors.Try("TenantSource", () => SourceChain.Reader(options.TenantSource));
        errors.Try("ApiKeySource", () => SourceChain.Reader(options.ApiKeySource));
        CheckPaths(errors, "SkipPaths", options.SkipPaths);
        for (var i = 0; i < options.Methods.Count; i++)
        {
            errors.Check($"Methods:{i}", !string.IsNullOrWhiteSpace(options.Methods[i]), "a method must be given, such as POST");
        }

        var key = errors.Try("Key", () => options.KeyFunction is { } function ? KeyPlanner.Plan(function) : KeyPlanner.Plan(options.Key, null)) ?? KeyPlan.Global;
        var defaultLimit = options.DefaultRate is null ? null : errors.Try("DefaultRate", () => Default(options, key));
        var rules = options.Rules.Select((rule, i) => Rule(errors, $"Rules:{i}", rule, options, key)).OfType<PathRule>().ToList();
        errors.ThrowIfAny();
        return new HttpSettings(options, new RuleSet(defaultLimit, rules, options.SkipPaths, options.Methods), proxies);
    }

    private static LimitPlan Default(HttpRateLimitOptions options, KeyPlan key) =>
        new((RateLimitPolicy.Parse("default", options.DefaultRate!) with { Shadow = options.Shadow }).Validate(), key);

    private static PathRule? Rule(SettingErrors errors, string setting, HttpRateLimitRule rule, HttpRateLimitOptions options, KeyPlan defaultKey)
    {
        var isPath = CheckPath(errors, setting + ":Path", rule.Path);
        var policy = errors.Try(setting + ":Rate", () => RateLimitPolicy.Parse(rule.Name ?? "rule " + rule.Path, rule.Rate));
        var key = rule.Key is null ? defaultKey : errors.Try(setting + ":Key", () => KeyPlanner.Plan(rule.Key, null));
        var limit = policy is null ? null : errors.Try(setting, () => (policy with
        {
            Algorithm = rule.Algorithm,
            Burst = rule.Burst,
            Shadow = rule.Shadow || options.Shadow,
        }).Validate());
        return limit is null || key is null || !isPath ? null : new PathRule(rule.Path, new LimitPlan(limit, key));
    }

    private static void CheckPaths(SettingErrors errors, string setting, IList<string> paths)
    {
        for (var i = 0; i < paths.Count; i++)
        {
            CheckPath(errors, $"{setting}:{i}", paths[i]);
            errors.Check($"{setting}:{i}", paths[i] is not ['/', ..] || paths[i].Trim('/').Length > 0, "\"/\" would skip every path; leave DefaultRate and Rules out instead, or call DisableRateLimit() on the endpoint of the root");
        }
    }

    private static bool CheckPath(SettingErrors errors, string setting, string? path) =>
        errors.Check(setting, path is ['/', ..], $"the path is \"{path}\", but must start with a slash, such as /api");

    /// <summary>What was found wrong so far.</summary>
    private sealed class SettingErrors(string path)
    {
        private readonly List<string> _messages = [];

        public bool Check(string setting, bool isRight, string message)
        {
            if (!isRight)
            {
                _messages.Add($"{path}:{setting}: {message}.");
            }

            return isRight;
        }

        public T? Try<T>(string setting, Func<T?> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                _messages.Add($"{path}:{setting}: {e.Message}");
                return null;
            }
        }

        public void ThrowIfAny()
        {
            if (_messages.Count > 0)
            {
                throw new OptionsValidationException(nameof(HttpRateLimitOptions), typeof(HttpRateLimitOptions), _messages);
            }
        }
    }
}
