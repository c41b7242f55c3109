namespace SmartRateLimit;

/// <summary>Names a bucket that got permits back otherwise than by time.</summary>
/// <param name="policyName">The name of the bucket's policy.</param>
/// <param name="key">The bucket's key.</param>
public sealed class BucketReplenishedEventArgs(string policyName, string key) : EventArgs
{
    /// <summary>The name of the bucket's policy.</summary>
    public string PolicyName { get; } = policyName;

    /// <summary>The bucket's key.</summary>
    public string Key { get; } = key;
}
