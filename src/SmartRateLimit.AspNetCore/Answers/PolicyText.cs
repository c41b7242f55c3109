using System.Globalization;
using System.Text;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>A policy as structured fields write it (RFC 9651), made once per policy.</summary>
internal sealed class PolicyText
{
    private const long MaxInteger = 999_999_999_999_999;

    /// <summary>Characters for which nothing is allocated while a member is written; a longer name may.</summary>
    private const int MemberLength = 160;

    /// <summary>The most characters that both numbers of a member take, with what stands between them.</summary>
    private const int NumbersLength = 48;

    private readonly string _member;
    private LimitText? _number;
    private Pair? _pair;

    private PolicyText(string policy) => (_member, Policy) = (string.Empty, policy);

    private PolicyText(RateLimitPolicy policy)
    {
        var name = Quote(policy.Name);
        _member = name + ";r=";
        Policy = string.Join(", ", policy.Rates.Select((rate, i) => Member(i == 0 ? name : Quote($"{policy.Name}~{i + 1}"), rate)));
    }

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

    /// <summary>The members of this, and then those of another. The same limits nearly always follow each other, so the last text is remembered.</summary>
    public PolicyText And(PolicyText next)
    {
        var known = _pair;
        if (known is null || known.Next != next)
        {
            _pair = known = new Pair(next, new PolicyText(Policy + ", " + next.Policy));
        }

        return known.Both;
    }

    public static PolicyText Of(RateLimitPolicy policy)
    {
        var program = policy.Program;
        if (program.Texts is not PolicyText text)
        {
            program.Texts = text = new PolicyText(policy);
        }

        return text;
    }

    /// <summary>The member of <c>RateLimit</c>: what is left, and the seconds until there is more.</summary>
    public string Limit(long remaining, long? reset)
    {
        Span<char> text = stackalloc char[MemberLength];
        if (_member.Length > MemberLength - NumbersLength)
        {
            text = new char[_member.Length + NumbersLength];
        }

        // Formatted at once rather than piece by piece: every response has one.
        _member.CopyTo(text);
        var length = _member.Length;
        Append(Integer(remaining), text, ref length);
        if (reset is { } seconds)
        {
            ";t=".CopyTo(text[length..]);
            length += 3;
            Append(seconds, text, ref length);
        }

        return new string(text[..length]);
    }

    private static void Append(long value, Span<char> text, ref int length)
    {
        value.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>The structured field's integers end at fifteen digits.</summary>
    private static long Integer(long value) => Math.Min(value, MaxInteger);

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

    private sealed record Pair(PolicyText Next, PolicyText Both);
}
