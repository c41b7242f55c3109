using System.Runtime.Loader;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using SmartRateLimit.AspNetCore.Library;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>Handlers in another assembly, of which nothing has run when the application starts.</summary>
public sealed class LibraryTests
{
    // A field, because ASP.NET's analyzer of handlers fails on a method of another assembly (AD0001).
    private static readonly Delegate Place = LibraryEndpoints.Place;

    [Fact]
    public async Task The_functions_of_an_action_in_a_library_are_found()
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync("/library/action?tenant=a", 4));
        Assert.Equal(2, await app.AdmittedAsync("/library/action?tenant=b", 4));
        Assert.Equal(418, (int)await app.StatusAsync("/library/action?tenant=a"));
        Assert.Equal(200, (int)await app.StatusAsync("/library/action?tenant=a", user: "admin"));
    }

    [Fact]
    public async Task The_functions_of_a_library_of_which_nothing_has_run_are_found()
    {
        // A copy of its own, because other tests have run the first one.
        var copy = new AssemblyLoadContext("copy").LoadFromAssemblyPath(typeof(LibraryController).Assembly.Location);
        await using var app = await TestApp.StartAsync(
            web =>
            {
                web.UseSession();
                web.UseSmartRateLimit(options => options.TenantSource = options.ApiKeySource = "header:X-Any");
                web.MapControllers();
            },
            builder =>
            {
                builder.Services.AddDistributedMemoryCache().AddSession();
                builder.Services.AddControllers().ConfigureApplicationPartManager(manager =>
                {
                    foreach (var part in manager.ApplicationParts.Where(part => part.Name == copy.GetName().Name).ToList())
                    {
                        manager.ApplicationParts.Remove(part);
                    }

                    manager.ApplicationParts.Add(new AssemblyPart(copy));
                });
            });

        Assert.Equal(2, await app.AdmittedAsync("/library/action?tenant=copy", 4));
    }

    [Fact]
    public async Task The_private_function_of_an_endpoint_that_a_library_maps_is_found()
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync("/library/lambda?tenant=a", 4));
        Assert.Equal(2, await app.AdmittedAsync("/library/lambda?tenant=b", 4));
    }

    [Fact]
    public async Task A_partial_handler_of_a_library_without_the_web_package_is_charged_once_and_answers_429()
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync("/library/partial/a", 4));
        Assert.Equal(2, await app.AdmittedAsync("/library/partial/b", 4));
        using var rejected = await app.SendAsync("/library/partial/a");
        Assert.Equal(429, (int)rejected.StatusCode);
        Assert.Equal("\"library\";r=0;t=1800", rejected.Headers.GetValues("RateLimit").Single());
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        web =>
        {
            web.UseSession();
            web.UseSmartRateLimit(options => options.TenantSource = options.ApiKeySource = "header:X-Any");
            web.MapControllers();
            web.MapLibrary();
            web.MapGet("/library/partial/{tenant}", Place);
        },
        builder =>
        {
            builder.Services.AddDistributedMemoryCache().AddSession();
            builder.Services.AddControllers().AddApplicationPart(typeof(LibraryController).Assembly);
        });
}
