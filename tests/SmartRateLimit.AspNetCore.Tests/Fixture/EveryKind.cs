using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>A handler of each kind, each limited to one request per hour and key; the key is made of every source.</summary>
public static class EveryKind
{
    public const string Rate = "1/h";
    public const string Key = "{http:ip}:{http:user}:{header:X-Key}:{claim:team}:{query:q}:{route:id}:{cookie:sid}:{http:host}:{http:method}:{http:session}:{http:tenant}:{http:apikey}:{http:endpoint}:{KeyOf}";

    private static readonly string[] Methods = ["GET", "POST"];

    /// <summary>The paths of the kinds; <c>{0}</c> is the route value.</summary>
    public static readonly string[] Paths =
    [
        "/lambda/{0}", "/delegate/{0}", "/local/{0}", "/group-method/{0}", "/fluent/{0}", "/fluent-delegate-key/{0}", "/in-group/{0}", "/in-nested/inner/{0}",
        "/action/{0}", "/class/{0}", "/inherited/{0}", "/page/{0}", "/hub/{0}/negotiate",
    ];

    /// <summary>What the generator writes for the names in <see cref="Key"/>.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "This is what generated code does.")]
    internal static void Register()
    {
        RateLimitFunctions.AddKey(typeof(EveryKind), "KeyOf", context => KeyOf((HttpContext)context));
        RateLimitFunctions.AddKey(typeof(LimitedController), "KeyOf", context => KeyOf((HttpContext)context));
        RateLimitFunctions.AddKey(typeof(LimitedClassController), "KeyOf", context => KeyOf((HttpContext)context));
        RateLimitFunctions.AddKey(typeof(PageModelOfTests), "KeyOf", context => KeyOf((HttpContext)context));
        RateLimitFunctions.AddKey(typeof(LimitedHub), "KeyOf", context => KeyOf((HttpContext)context));
    }

    public static string? KeyOf(HttpContext context) => context.Request.Headers["X-Function"];

    public static void Map(WebApplication app)
    {
        app.MapMethods("/lambda/{id}", Methods, [RateLimited(Rate, Key = Key)] (string id) => id);
        Delegate handler = [RateLimited(Rate, Key = Key)] (string id) => id;
        app.MapMethods("/delegate/{id}", Methods, handler);
        app.MapMethods("/local/{id}", Methods, Local);
        app.MapMethods("/group-method/{id}", Methods, Handle);
        app.MapMethods("/fluent/{id}", Methods, (string id) => id).RateLimited(Rate, Key, limit => limit.KeyType = typeof(EveryKind));
        app.MapMethods("/fluent-delegate-key/{id}", Methods, (string id) => id).RateLimited(Rate, EverySource);
        app.MapGroup("/in-group").RateLimited(Rate, Key, limit => limit.KeyType = typeof(EveryKind)).MapMethods("/{id}", Methods, (string id) => id);
        app.MapGroup("/in-nested").RateLimited(Rate, Key, limit => limit.KeyType = typeof(EveryKind)).MapGroup("/inner").MapMethods("/{id}", Methods, (string id) => id);
        app.MapControllers();
        app.MapRazorPages();
        app.MapHub<LimitedHub>("/hub/{id}");

        [RateLimited(Rate, Key = Key)]
        static string Local(string id) => id;
    }

    [RateLimited(Rate, Key = Key)]
    public static string Handle(string id) => id;

    private static string EverySource(HttpContext context)
    {
        var readers = new[] { "http:ip", "http:user", "header:X-Key", "claim:team", "query:q", "route:id", "cookie:sid", "http:host", "http:method", "http:session", "http:tenant", "http:apikey" };
        return string.Join('\n', readers.Select(source => new HttpKeyReader(source).Read(context)).Append(KeyOf(context)));
    }
}

public sealed class LimitedController : ControllerBase
{
    [AcceptVerbs("GET", "POST", Route = "/action/{id}")]
    [RateLimited(EveryKind.Rate, Key = EveryKind.Key)]
    public string Get(string id) => id;
}

[RateLimited(EveryKind.Rate, Key = EveryKind.Key)]
public class LimitedClassController : ControllerBase
{
    [AcceptVerbs("GET", "POST", Route = "/class/{id}")]
    public virtual string Get(string id) => id;
}

public sealed class InheritedController : LimitedClassController
{
    [AcceptVerbs("GET", "POST", Route = "/inherited/{id}")]
    public override string Get(string id) => id;
}

[RateLimited(EveryKind.Rate, Key = EveryKind.Key)]
[IgnoreAntiforgeryToken]
public sealed class PageModelOfTests : PageModel
{
    public static void OnGet()
    {
    }

    public static void OnPost()
    {
    }
}

[RateLimited(EveryKind.Rate, Key = EveryKind.Key)]
public sealed class LimitedHub : Hub;
