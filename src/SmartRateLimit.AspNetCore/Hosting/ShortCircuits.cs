using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Endpoints;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Endpoints that routing runs itself, past every middleware.</summary>
internal static class ShortCircuits
{
    // The type of the metadata is not public.
    private const string Metadata = "Microsoft.AspNetCore.Routing.ShortCircuit.ShortCircuitMetadata";

    /// <exception cref="InvalidOperationException">One of them is limited.</exception>
    public static void Refuse(IEnumerable<Endpoint> endpoints)
    {
        if (endpoints.FirstOrDefault(endpoint => Is(endpoint) && EndpointPlanner.IsLimited(endpoint)) is { } limited)
        {
            throw new InvalidOperationException(
                $"The endpoint \"{limited.DisplayName}\" is rate limited and short-circuited, so no request for it arrives at app.UseSmartRateLimit(). Remove ShortCircuit(), or opt it out with DisableRateLimit().");
        }
    }

    private static bool Is(Endpoint endpoint) => endpoint.Metadata.Any(item => item.GetType().FullName == Metadata);
}
