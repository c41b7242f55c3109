using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRateLimit.Documentation.Tests.Blocks;

namespace SmartRateLimit.Documentation.Tests;

/// <summary>The settings that readers are shown start an application; in this product an unknown or bad one would stop it.</summary>
public sealed class SettingsTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<string, int> Settings
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var block in Repository.Pages.SelectMany(CodeBlock.In).Where(block => block.Language == "json"))
            {
                data.Add(block.Page, block.Line);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Every_block_of_settings_starts_an_application(string page, int line)
    {
        var block = CodeBlock.In(page).Single(block => block.Line == line);
        using var document = JsonDocument.Parse(block.Text, Lenient);
        if (!document.RootElement.TryGetProperty("SmartRateLimit", out _))
        {
            return;
        }

        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(block.Text)));
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSmartRateLimitRedis();
        builder.Services.AddSmartRateLimitTesting();
        await using var app = builder.Build();
        app.UseSmartRateLimit();

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(app.Services.GetService<IServer>());
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
