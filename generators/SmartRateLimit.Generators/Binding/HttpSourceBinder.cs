using SmartRateLimit.Keys;

namespace SmartRateLimit.Binding;

/// <summary>Binds a built-in source such as <c>http:ip</c>: it reads an <c>HttpContext</c>, which must be in reach.</summary>
internal static class HttpSourceBinder
{
    /// <returns>Whether the source can be read. On an endpoint the middleware reads it.</returns>
    public static bool Check(BindingContext context, Annotation annotation, KeySegment segment)
    {
        if (context.Role == AnnotationRole.Endpoint)
        {
            return true;
        }

        var location = annotation.Key.LocationOf(segment.Position, segment.Text.Length);
        if (RequestInReach.Of(context) is null)
        {
            context.Report(ProblemId.NoHttpContext, location, segment.Text, "it reads a request, and no HttpContext is in reach: neither a parameter nor a member of " + context.Type?.Name);
            return false;
        }

        if (!context.Compilation.HasWebPackage())
        {
            context.Report(ProblemId.UnboundFunction, location, segment.Text, "a partial method reads requests only through the SmartRateLimit.AspNetCore package, which is not referenced");
            return false;
        }

        return true;
    }
}
