using System.Globalization;
using System.Net;

namespace SmartRateLimit.Http;

/// <summary>Reads from an answer how long its server wants to be left alone.</summary>
internal static class ServerAdvice
{
    /// <returns>The pause, or <see langword="null"/> when none is asked for.</returns>
    public static TimeSpan? PauseOf(HttpResponseMessage response, DateTimeOffset now)
    {
        var retryAfter = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? RetryAfter(response, now) : null;
        var exhausted = response.Headers.TryGetValues("RateLimit", out var values) ? Exhausted(values) : null;
        var pause = retryAfter > exhausted ? retryAfter : exhausted ?? retryAfter;
        return pause > TimeSpan.Zero ? pause : null;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,

        // The server's own clock, where it tells it, is the one that it wrote the date by.
        { Date: { } date } => date - (response.Headers.Date ?? now),
        _ => null,
    };

    /// <summary>The longest time of those list members that have nothing left (IETF draft "RateLimit header fields for HTTP"): <c>"search";r=0;t=30</c>.</summary>
    private static TimeSpan? Exhausted(IEnumerable<string> values)
    {
        TimeSpan? longest = null;
        foreach (var member in values.SelectMany(StructuredList.Split))
        {
            var parameters = StructuredList.Parameters(member);
            if (parameters.TryGetValue("r", out var remaining) && remaining == "0"
                && parameters.TryGetValue("t", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                var pause = TimeSpan.FromSeconds(seconds);
                longest = pause > longest ? pause : longest ?? pause;
            }
        }

        return longest;
    }
}
