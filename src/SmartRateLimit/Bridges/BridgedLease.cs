using System.Threading.RateLimiting;

namespace SmartRateLimit.Bridges;

/// <summary>A decision as a lease. Permits of a rate are not handed back, so disposing it does nothing.</summary>
internal sealed class BridgedLease(bool isAcquired, TimeSpan? retryAfter, string? reason) : RateLimitLease
{
    /// <summary>For whoever was never asked about: made room for a newer one, or still waiting at the end.</summary>
    public static readonly BridgedLease Failed = new(isAcquired: false, retryAfter: null, reason: null);

    private static readonly BridgedLease Acquired = new(isAcquired: true, retryAfter: null, reason: null);

    private static readonly string[] Names = [MetadataName.RetryAfter.Name, MetadataName.ReasonPhrase.Name];

    public override bool IsAcquired => isAcquired;

    public override IEnumerable<string> MetadataNames => Names;

    public static BridgedLease Of(in RateLimitDecision decision) =>
        decision.IsAllowed ? Acquired : new BridgedLease(isAcquired: false, decision.RetryAfter, decision.ToString());

    /// <summary>A refusal because others wait for the same permits.</summary>
    public static BridgedLease Behind(in RateLimitDecision decision) =>
        new(isAcquired: false, decision.RetryAfter, "Others are queued for these permits.");

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter
            : metadataName == MetadataName.ReasonPhrase.Name ? reason
            : null;
        return metadata is not null;
    }
}
