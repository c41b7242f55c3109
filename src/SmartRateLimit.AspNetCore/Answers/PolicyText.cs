using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>A policy as structured fields write it (RFC 9651), made once per policy.</summary>
internal sealed class PolicyText
{
    private const long MaxInteger = 999_999_999_999_999;

    private static readonly ConditionalWeakTable<RateLimitPolicy, PolicyText> Known = [];

    private LimitText? _number;

    private PolicyText(RateLimitPolicy policy)
    {
        Name = Quote(policy.Name);
        Policy = string.Join(", ", policy.Rates.Select((rate, i) => Member(i == 0 ? Name : Quote($"{policy.Name}~{i + 1}"), rate)));
    }

    /// <summary>The name as a string item, with its quotes.</summary>
    public string Name { get; }

    /// <summary>The members of <c>RateLimit-Policy</c>: one per rate.</summary>
    public string Policy { get; }

    /// <summary>A limit as text. A policy nearly always has one, which is remembered.</summary>
    public string Number(long limit)
    {
        var known = _number;
        if (known is null || known.Limit != limit)
        {
            _number = known = new LimitText(limit, limit.ToString(CultureInfo.InvariantCulture));
        }

        return known.Text;
    }

    public static PolicyText Of(RateLimitPolicy policy) => Known.GetValue(policy, key => new PolicyText(key));

    /// <summary>The structured field's integers end at fifteen digits.</summary>
    public static long Integer(long value) => Math.Min(value, MaxInteger);

    // A window is whole seconds; one that is not has no honest value, and the parameter is optional.
    private static string Member(string name, Rate rate) => rate.Period.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{name};q={Integer(rate.Permits)};w={rate.Period.Ticks / TimeSpan.TicksPerSecond}")
        : string.Create(CultureInfo.InvariantCulture, $"{name};q={Integer(rate.Permits)}");

    /// <summary>A string item holds printable ASCII; everything else is percent-encoded.</summary>
    private static string Quote(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value is >= 0x20 and < 0x7F)
            {
                text.Append(rune.Value is '"' or '\\' ? "\\" : string.Empty).Append((char)rune.Value);
            }
            else
            {
                text.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return text.Append('"').ToString();
    }

    private sealed record LimitText(long Limit, string Text);
}
