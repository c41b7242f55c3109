using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using SmartRateLimit.AspNetCore.Answers;

namespace SmartRateLimit.AspNetCore;

/// <summary>
/// The answer to a rejected call. A partial handler whose return type is a union that lists this type, such as
/// <c>Results&lt;Ok&lt;Order&gt;, RateLimitRejectedResult&gt;</c>, returns it; one whose union does not throws
/// <see cref="RateLimitExceededException"/>, which the middleware answers in the same way.
/// </summary>
public sealed class RateLimitRejectedResult : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private readonly RateLimitDecision _decision;

    internal RateLimitRejectedResult(RateLimitDecision decision) => _decision = decision;

    /// <summary>429, or 503 where no backend could decide.</summary>
    public int? StatusCode => Rejection.StatusOf(_decision);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return RateLimitResults.WriteAsync(httpContext, _decision);
    }

    /// <summary>Tells descriptions of the API that the endpoint may answer 429.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(ProblemDetails), ["application/problem+json"]));
    }
}
