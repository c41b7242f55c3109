using Microsoft.AspNetCore.Builder;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Tells the pipeline that every request goes through from branches such as those of <c>Map</c> and <c>UseWhen</c>.</summary>
internal static class RootPipeline
{
    private const string Root = "SmartRateLimit.Root";

    /// <summary>Marks the builder that the host hands out; a branch copies its properties.</summary>
    public static void Mark(IApplicationBuilder app) => app.Properties[Root] = app;

    /// <summary>A WebApplication is filled before the host hands out a builder, and makes branches that are none.</summary>
    public static bool Is(IApplicationBuilder app) =>
        app is WebApplication || (app.Properties.TryGetValue(Root, out var root) && ReferenceEquals(root, app));
}
