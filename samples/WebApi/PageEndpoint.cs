namespace WebApi;

/// <summary>The page that fires requests and draws what is left.</summary>
public static class PageEndpoint
{
    public static void MapPage(this WebApplication app) => app.MapGet("/", () => Results.Stream(
        typeof(PageEndpoint).Assembly.GetManifestResourceStream("index.html")!, "text/html; charset=utf-8"));
}
