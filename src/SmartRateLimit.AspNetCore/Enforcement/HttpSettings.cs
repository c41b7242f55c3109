using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Endpoints;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>The options of one moment, worked out. Never changed, only replaced as a whole.</summary>
internal sealed class HttpSettings
{
    private static readonly HttpSettings WithoutMiddleware = new(new HttpRateLimitOptions(), new RuleSet(null, [], [], []), proxies: null);

    private readonly HttpRateLimitOptions _options;
    private readonly RuleSet _rules;
    private readonly ConditionalWeakTable<Endpoint, EndpointPlan> _plans = [];
    private readonly Func<HttpContext, string?>? _tenant;
    private readonly Func<HttpContext, string?>? _apiKey;

    public HttpSettings(HttpRateLimitOptions options, RuleSet rules, TrustedProxies? proxies)
    {
        _options = options;
        _rules = rules;
        Proxies = proxies;
        _tenant = options.Tenant ?? SourceChain.Reader(options.TenantSource);
        _apiKey = options.ApiKey ?? SourceChain.Reader(options.ApiKeySource);
    }

    public HttpRateLimitOptions Options => _options;

    public RuleSet Rules => _rules;

    /// <summary>The proxies whose headers name clients; <see langword="null"/> where no header does.</summary>
    public TrustedProxies? Proxies { get; }

    public int IPv6PrefixLength => _options.IPv6PrefixLength;

    public bool HasHeaders => _options.StandardHeaders || _options.LegacyHeaders;

    public bool HasTenant => _tenant is not null;

    public bool HasApiKey => _apiKey is not null;

    /// <summary>The settings under which the middleware decides a request.</summary>
    public static HttpSettings Of(HttpContext context) =>
        context.Features.Get<HttpRateLimit>()?.Settings ?? WithoutMiddleware;

    /// <inheritdoc cref="Of(HttpContext)"/>
    public static HttpSettings Of(HttpRateLimit status) => status.Settings ?? WithoutMiddleware;

    public string? Tenant(HttpContext context) =>
        (_tenant ?? throw Missing(HttpKey.Tenant, nameof(HttpRateLimitOptions.TenantSource), nameof(HttpRateLimitOptions.Tenant)))(context);

    public string? ApiKey(HttpContext context)
    {
        var key = (_apiKey ?? throw Missing(HttpKey.ApiKey, nameof(HttpRateLimitOptions.ApiKeySource), nameof(HttpRateLimitOptions.ApiKey)))(context);
        return string.IsNullOrEmpty(key) || _options.ValidateApiKey is not { } isValid || isValid(context, key) ? key : null;
    }

    public EndpointPlan PlanFor(Endpoint endpoint) =>
        _plans.TryGetValue(endpoint, out var plan) ? plan : _plans.GetValue(endpoint, Plan);

    /// <summary>Every limit that applies to a request.</summary>
    public LimitPlan[] LimitsFor(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            return _rules.Find(context.Request, ofEndpoint: null)?.Alone ?? [];
        }

        var plan = PlanFor(endpoint);
        return plan.FollowsRules ? plan.With(_rules.Find(context.Request, plan.Rule)) : plan.Limits;
    }

    private EndpointPlan Plan(Endpoint endpoint) => EndpointPlanner.Plan(endpoint, _rules, _options.Shadow);

    internal static InvalidOperationException Missing(string key, string source, string function) =>
        new($"The key {key} needs to know where to look: set {nameof(HttpRateLimitOptions)}.{source} (configuration {SmartRateLimit.AspNetCore.Options.HttpSection.DefaultPath}:{source}) to a source such as header:X-Name, or {nameof(HttpRateLimitOptions)}.{function} to a function, in app.UseSmartRateLimit(options => …).");
}
