using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Razor pages are loaded when first asked for, and only then show what is written on their class.</summary>
internal static class RazorPages
{
    /// <summary>The endpoints, each page as it is once loaded.</summary>
    public static IReadOnlyList<Endpoint> Loaded(IServiceProvider services, IReadOnlyList<Endpoint> endpoints)
    {
        var loader = services.GetService<PageLoader>();
        return loader is null ? endpoints : [.. endpoints.Select(endpoint => Load(loader, endpoint))];
    }

    private static Endpoint Load(PageLoader loader, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page and not CompiledPageActionDescriptor
            ? loader.LoadAsync(page, endpoint.Metadata).GetAwaiter().GetResult().Endpoint ?? endpoint
            : endpoint;
}
