namespace SmartRateLimit;

/// <summary>A backend could not decide. It is no rejection: a policy's <see cref="RateLimitPolicy.OnBackendFailure"/> says what follows.</summary>
/// <param name="failure">How it failed.</param>
/// <param name="message">What happened, as a sentence for the operator; it holds no key and no password.</param>
/// <param name="innerException">What the driver said.</param>
public sealed class RateLimitBackendException(BackendFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How it failed.</summary>
    public BackendFailure Failure { get; } = failure;
}
