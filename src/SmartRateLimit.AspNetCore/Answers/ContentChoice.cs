using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Whether a client takes problem details, or only something else: then it gets plain text.</summary>
internal static class ContentChoice
{
    private static readonly MediaTypeHeaderValue Problem = new("application/problem+json");
    private static readonly MediaTypeHeaderValue PlainJson = new("application/json");

    public static bool TakesJson(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0)
        {
            return true;
        }

        foreach (var range in ranges)
        {
            if (range.Quality != 0 && (Problem.IsSubsetOf(range) || PlainJson.IsSubsetOf(range)))
            {
                return true;
            }
        }

        return false;
    }
}
