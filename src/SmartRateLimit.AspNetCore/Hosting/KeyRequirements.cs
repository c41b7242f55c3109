using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit.AspNetCore.Enforcement;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Checks that the application has what its keys ask for.</summary>
internal static class KeyRequirements
{
    /// <exception cref="InvalidOperationException">A key asks for something that is not there.</exception>
    public static void Check(IServiceProvider services, HttpSettings settings, IEnumerable<LimitPlan> limits, ILogger logger)
    {
        var needs = limits.Aggregate(KeyNeeds.None, (all, limit) => all | limit.Key.Needs);
        if (needs.HasFlag(KeyNeeds.Tenant) && !settings.HasTenant)
        {
            throw HttpSettings.Missing(HttpKey.Tenant, nameof(HttpRateLimitOptions.TenantSource), nameof(HttpRateLimitOptions.Tenant));
        }

        if (needs.HasFlag(KeyNeeds.ApiKey) && !settings.HasApiKey)
        {
            throw HttpSettings.Missing(HttpKey.ApiKey, nameof(HttpRateLimitOptions.ApiKeySource), nameof(HttpRateLimitOptions.ApiKey));
        }

        if (needs.HasFlag(KeyNeeds.Session) && services.GetService<ISessionStore>() is null)
        {
            throw new InvalidOperationException("The key http:session needs sessions: call builder.Services.AddSession(), and app.UseSession() before app.UseSmartRateLimit().");
        }

        if (needs.HasFlag(KeyNeeds.Address) && TrustsEverybody(services))
        {
            Log.ForwardedHeadersTrustedFromEverywhere(logger);
        }
    }

    private static bool TrustsEverybody(IServiceProvider services)
    {
        var options = services.GetService<IOptions<ForwardedHeadersOptions>>()?.Value;
        if (options is null || !options.ForwardedHeaders.HasFlag(ForwardedHeaders.XForwardedFor))
        {
            return false;
        }

#if NET10_0_OR_GREATER
        var networks = options.KnownIPNetworks.Select(network => network.PrefixLength).ToList();
#else
        var networks = options.KnownNetworks.Select(network => network.PrefixLength).ToList();
#endif
        return (networks.Count == 0 && options.KnownProxies.Count == 0) || networks.Contains(0);
    }
}
