using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>The body of a rejection: problem details (RFC 9457) of at most 512 bytes, or a sentence for who wants plain text.</summary>
internal static class ProblemBody
{
    public const string QuotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";
    public const string ReducedCapacity = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

    private const int MaxBytes = 512;
    private const int MaxName = 120;
    private const int MaxTrace = 80;

    public static ReadOnlyMemory<byte> Json(HttpContext context, in RateLimitDecision decision, int status)
    {
        // A name of characters that JSON escapes may grow sixfold, so it is shortened until the whole fits.
        for (var length = MaxName; ; length /= 2)
        {
            var body = Write(context, decision, status, length);
            if (body.Length <= MaxBytes || length == 0)
            {
                return body;
            }
        }
    }

    public static string Text(in RateLimitDecision decision, int status)
    {
        var what = status == StatusCodes.Status429TooManyRequests ? "Too many requests." : "The service has too little capacity right now.";
        return Seconds.Retry(decision) is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"{what} Try again in {seconds} s.")
            : what + " Trying again later does not help.";
    }

    private static ReadOnlyMemory<byte> Write(HttpContext context, in RateLimitDecision decision, int status, int nameLength)
    {
        var buffer = new ArrayBufferWriter<byte>(MaxBytes);
        using var json = new Utf8JsonWriter(buffer);
        var isQuota = status == StatusCodes.Status429TooManyRequests;
        json.WriteStartObject();
        json.WriteString("type", isQuota ? QuotaExceeded : ReducedCapacity);
        json.WriteString("title", isQuota ? "Quota exceeded" : "Temporary reduced capacity");
        json.WriteNumber("status", status);
        json.WriteStartArray("violated-policies");
        json.WriteStringValue(Shorten(decision.Policy?.Name ?? string.Empty, nameLength));
        json.WriteEndArray();
        json.WriteNumber("limit", decision.Limit);
        json.WriteNumber("remaining", decision.Remaining);
        if (Seconds.Reset(decision) is { } reset)
        {
            json.WriteNumber("reset", reset);
        }

        json.WriteString("traceId", Shorten(Activity.Current?.Id ?? context.TraceIdentifier, MaxTrace));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static ReadOnlySpan<char> Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Half a surrogate pair is no character.
        return text.AsSpan(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }
}
