namespace SmartRateLimit.Http;

/// <summary>The limit of one client: its policy on the limiter, and what servers asked for.</summary>
internal sealed class OutgoingLimit
{
    private readonly IRateLimiter _limiter;
    private readonly RateLimitPolicy _policy;
    private readonly Func<HttpRequestMessage, string?> _key;
    private readonly bool _respectsServer;
    private readonly TimeProvider _time;
    private readonly ServerPauses _pauses;
    private RateLimitPolicy _inForce;

    public OutgoingLimit(IRateLimiter limiter, RateLimitPolicy policy, OutgoingRateLimitOptions options, TimeProvider time)
    {
        _limiter = limiter;
        _policy = policy;
        _inForce = policy;
        _key = options.Key ?? HostOf;
        _respectsServer = options.RespectServer;
        _time = time;
        _pauses = new ServerPauses(time);
    }

    public string KeyOf(HttpRequestMessage request) => _key(request) ?? string.Empty;

    /// <summary>Ends when the request may be sent.</summary>
    /// <exception cref="RateLimitExceededException">It may not, or not soon enough.</exception>
    public async ValueTask EnterAsync(string key, CancellationToken cancellationToken)
    {
        var patience = _inForce.MaxWait;
        var start = _time.GetTimestamp();
        await SitOutAsync(key, patience, cancellationToken).ConfigureAwait(false);
        var decision = await _limiter.AcquireAsync(_policy, key, 1, cancellationToken).ConfigureAwait(false);
        _inForce = decision.Policy ?? _policy;
        if (!decision.IsAllowed)
        {
            throw new RateLimitExceededException(decision) { IsOutgoing = true };
        }

        // The server may have asked for a pause while this call waited for its permit.
        await SitOutAsync(key, patience - _time.GetElapsedTime(start), cancellationToken).ConfigureAwait(false);
    }

    public void Heed(string key, HttpResponseMessage response)
    {
        if (_respectsServer && ServerAdvice.PauseOf(response, _time.GetUtcNow()) is { } pause)
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
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
