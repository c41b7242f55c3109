namespace SmartRateLimit.Http;

/// <summary>The limit of one client: its policy on the limiter, and what servers asked for.</summary>
internal sealed class OutgoingLimit(IRateLimiter limiter, RateLimitPolicy policy, HttpRateLimitOptions options, TimeProvider time)
{
    private readonly Func<HttpRequestMessage, string?> _key = options.Key ?? HostOf;
    private readonly bool _respectsServer = options.RespectServer;
    private readonly ServerPauses _pauses = new(time);
    private RateLimitPolicy _inForce = policy;

    public string KeyOf(HttpRequestMessage request) => _key(request) ?? string.Empty;

    /// <summary>Ends when the request may be sent.</summary>
    /// <exception cref="RateLimitExceededException">It may not, or not soon enough.</exception>
    public async ValueTask EnterAsync(string key, CancellationToken cancellationToken)
    {
        var patience = _inForce.MaxWait;
        var start = time.GetTimestamp();
        await SitOutAsync(key, patience, cancellationToken).ConfigureAwait(false);
        var decision = await limiter.AcquireAsync(policy, key, 1, cancellationToken).ConfigureAwait(false);
        _inForce = decision.Policy ?? policy;
        if (!decision.IsAllowed)
        {
            throw new RateLimitExceededException(decision) { IsOutgoing = true };
        }

        // The server may have asked for a pause while this call waited for its permit.
        await SitOutAsync(key, patience - time.GetElapsedTime(start), cancellationToken).ConfigureAwait(false);
    }

    public void Heed(string key, HttpResponseMessage response)
    {
        if (_respectsServer && ServerAdvice.PauseOf(response, time.GetUtcNow()) is { } pause)
        {
            _pauses.Set(key, pause);
        }
    }

    private static string HostOf(HttpRequestMessage request) => request.RequestUri is { IsAbsoluteUri: true } uri
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{uri.IdnHost}:{uri.Port}")
        : string.Empty;

    private async ValueTask SitOutAsync(string key, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var left = _pauses.Left(key); left > TimeSpan.Zero; left = _pauses.Left(key))
        {
            if (left > patience)
            {
                throw new RateLimitExceededException(RateLimitDecision.Reject(_inForce, remaining: 0, retryAfter: left, resetAfter: left)) { IsOutgoing = true };
            }

            // A timer counts whole milliseconds; one that ended early would only be set again.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
