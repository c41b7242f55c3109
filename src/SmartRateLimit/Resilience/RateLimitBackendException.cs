namespace SmartRateLimit;

/// <summary>A backend could not decide. It is no rejection: a policy's <see cref="RateLimitPolicy.OnBackendFailure"/> says what follows.</summary>
/// <param name="failure">How it failed.</param>
/// <param name="message">What happened, as a sentence for the operator; it holds no key and no password.</param>
/// <param name="innerException">What the driver said.</param>
public sealed class RateLimitBackendException(BackendFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How it failed.</summary>
    public BackendFailure Failure { get; } = failure;

    /// <summary>What a driver threw, as a failure; one that it did not tell apart may have come after the decision.</summary>
    internal static RateLimitBackendException Of(Exception exception) => exception as RateLimitBackendException
        ?? new RateLimitBackendException(BackendFailure.OutcomeUnknown, $"The backend failed: {exception.Message}", exception);

    /// <summary>Of two failures the one that must not be ridden out.</summary>
    internal static RateLimitBackendException Worse(RateLimitBackendException? one, RateLimitBackendException other) =>
        one is { Failure: BackendFailure.Misconfigured } ? one : other;
}
