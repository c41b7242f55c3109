using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>A key of an endpoint or rule, worked out once: which parts, of which the first alternative with a value is the key.</summary>
/// <param name="identity">Equal for plans that give every request the same key.</param>
/// <param name="alternatives">The parts of each alternative; none for a global key.</param>
internal sealed class KeyPlan(object identity, KeyPart[][] alternatives)
{
    public static readonly KeyPlan Global = new(RateLimitKey.Global, []);

    public object Identity { get; } = identity;

    public bool IsGlobal => alternatives.Length == 0;

    public KeyNeeds Needs { get; } = alternatives.SelectMany(parts => parts).Aggregate(KeyNeeds.None, (needs, part) => needs | part.Needs);

    /// <summary>Writes the key of a request. Not for a global key, which is the same for every request.</summary>
    public void Build(HttpContext context, ref RateLimitKeyBuilder key)
    {
        for (var i = 0; i < alternatives.Length && !key.HasValue; i++)
        {
            if (alternatives.Length > 1)
            {
                key.BeginAlternative(i);
            }

            foreach (var part in alternatives[i])
            {
                part.Append(context, ref key);
            }
        }
    }
}
