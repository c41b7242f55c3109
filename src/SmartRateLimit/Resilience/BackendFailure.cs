namespace SmartRateLimit;

/// <summary>How a backend failed to decide.</summary>
public enum BackendFailure
{
    /// <summary>It could not be asked: nothing was charged.</summary>
    Unavailable,

    /// <summary>It may have decided, but the reply is lost: counts as spent, and is never asked of it again.</summary>
    OutcomeUnknown,

    /// <summary>It refuses to serve this application: a wrong password, a missing permission. Never admits anything by <see cref="FailureMode.Open"/>.</summary>
    Misconfigured,
}
