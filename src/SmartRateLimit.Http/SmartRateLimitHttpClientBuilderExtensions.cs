using SmartRateLimit;
using SmartRateLimit.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Limits the outgoing calls of an <see cref="HttpClient"/>.</summary>
public static class SmartRateLimitHttpClientBuilderExtensions
{
    /// <summary>
    /// Limits the client's calls, apart for each host unless <see cref="OutgoingRateLimitOptions.Key"/> says otherwise. A call
    /// over the limit waits as long as it may, then ends with a <see cref="RateLimitExceededException"/> that
    /// <see cref="RateLimitExceededException.IsOutgoing"/> marks. The policy is named <c>HttpClient:</c> and the client's
    /// name; a second one of the client appends <c>#2</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="rates">One or more rates, such as <c>"10/s; 500/h"</c>.</param>
    /// <param name="configure">Sets the limit up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="FormatException">The rate text is invalid.</exception>
    public static IHttpClientBuilder AddRateLimit(this IHttpClientBuilder builder, string rates, Action<OutgoingRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var earlier = builder.Services.Count(service => service.ServiceKey is ClientLimit known && known.Client == builder.Name);
        var name = "HttpClient:" + builder.Name + (earlier == 0 ? string.Empty : FormattableString.Invariant($"#{earlier + 1}"));
        return builder.AddRateLimit(RateLimitPolicy.Parse(name, rates), configure);
    }

    /// <summary>Limits the client's calls by a policy with settings of its own.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="policy">The policy; clients with policies of one name share their buckets.</param>
    /// <param name="configure">Sets the limit up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An option is outside its range or contradicts the policy.</exception>
    public static IHttpClientBuilder AddRateLimit(this IHttpClientBuilder builder, RateLimitPolicy policy, Action<OutgoingRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(policy);
        var options = new OutgoingRateLimitOptions();
        configure?.Invoke(options);
        var inForce = options.MaxWait is { } wait ? policy with { MaxWait = wait } : policy;
        inForce.Validate();

        // Handlers come and go with their connections; what a server asked for must outlive them, but not the container.
        var identity = new ClientLimit(builder.Name);
        builder.Services.AddSmartRateLimit();
        builder.Services.AddKeyedSingleton(identity, (services, _) => new OutgoingLimit(
            services.GetRequiredService<IRateLimiter>(),
            inForce,
            options,
            services.GetRequiredService<Options.IOptions<SmartRateLimitOptions>>().Value.TimeProvider));
        return builder.AddHttpMessageHandler(services => new RateLimitHandler(services.GetRequiredKeyedService<OutgoingLimit>(identity)));
    }

    /// <summary>What one limit of a client is registered under: itself, since a client may have several.</summary>
    private sealed class ClientLimit(string client)
    {
        public string Client => client;
    }
}
