namespace SmartRateLimit.Http;

/// <summary>Lets a request pass when its bucket has a permit for it.</summary>
internal sealed class RateLimitHandler(OutgoingLimit limit) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = limit.KeyOf(request);
        await limit.EnterAsync(key, cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        limit.Heed(key, response);
        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = limit.KeyOf(request);
        limit.EnterAsync(key, cancellationToken).AsTask().GetAwaiter().GetResult();
        var response = base.Send(request, cancellationToken);
        limit.Heed(key, response);
        return response;
    }
}
