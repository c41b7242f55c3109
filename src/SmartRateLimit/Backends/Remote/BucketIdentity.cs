namespace SmartRateLimit.Backends.Remote;

/// <summary>Which bucket a request asks of: that of a policy's name and a key.</summary>
internal static class BucketIdentity
{
    /// <summary>A hash that is seeded per process, so that nobody can choose keys that fall together.</summary>
    public static int Hash(string policyName, ReadOnlySpan<char> key) =>
        (string.GetHashCode(policyName, StringComparison.Ordinal) * -1521134295) + string.GetHashCode(key);

    /// <inheritdoc cref="Hash(string, ReadOnlySpan{char})"/>
    public static int Hash(RateLimitPolicy policy, ReadOnlySpan<char> key) =>
        (policy.Program.NameHash * -1521134295) + string.GetHashCode(key);
}
