using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Policies;

/// <summary>The cases of one policy, each made when it first occurs.</summary>
internal sealed class DecisionCases
{
    private const int Reasons = (int)RateLimitReason.Shadowed + 1;

    private readonly RateLimitPolicy _policy;
    private readonly RateRule[] _rules;
    private readonly DecisionCase?[] _cases;

    public DecisionCases(RateLimitPolicy policy, RateRule[] rules)
    {
        _policy = policy;
        _rules = rules;
        _cases = new DecisionCase?[rules.Length * (rules.Length + 1) * Reasons * 2];
    }

    /// <summary>The case in which the rate at <paramref name="least"/> has the least remaining.</summary>
    /// <param name="least">Index of the rate with the least remaining.</param>
    /// <param name="violated">Index of the rate that refused, or −1.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isDegraded">Whether a fallback decided.</param>
    public DecisionCase Get(int least, int violated, RateLimitReason reason, bool isDegraded)
    {
        var index = (((((least * (_rules.Length + 1)) + violated + 1) * Reasons) + (int)reason) * 2) + (isDegraded ? 1 : 0);

        // Two threads may both make a case; either will do.
        return _cases[index] ??= new DecisionCase(
            _policy, _rules[least].Capacity, violated < 0 ? null : _policy.Rates[violated], reason, isDegraded);
    }
}
