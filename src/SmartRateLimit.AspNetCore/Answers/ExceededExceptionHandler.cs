using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Answers an exceeded limit where <c>UseExceptionHandler</c> stands nearer to the endpoint than the middleware, and would make it a 500.</summary>
internal sealed class ExceededExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not RateLimitExceededException exceeded)
        {
            return false;
        }

        await ExceededAnswer.WriteAsync(httpContext, exceeded).ConfigureAwait(false);
        return true;
    }
}
