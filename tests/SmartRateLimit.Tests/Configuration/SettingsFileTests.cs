using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Tests.Configuration;

/// <summary>A real file, changed under a running limiter.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings");

    private string File => Path.Combine(_folder.FullName, "appsettings.json");

    [Fact]
    public async Task A_written_file_applies_without_being_asked()
    {
        using var app = Start(ignoresErrors: false);

        Write("""{ "SmartRateLimit": { "Policies": { "search": { "Rate": "8/s" } } } }""");

        await Until(() => app.Limit("search") == 8);
        Assert.Empty(app.Log.At(LogLevel.Error));
    }

    [Fact]
    public async Task A_deleted_file_leaves_the_last_good_settings_in_force()
    {
        using var app = Start(ignoresErrors: false);

        System.IO.File.Delete(File);

        await Until(() => app.Log.At(LogLevel.Error).Any());
        Assert.Equal(7, app.Limit("search"));
        Assert.Contains("deleted", Assert.Single(app.Log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"SmartRateLimit\": { \"Policies\": { \"sea")]
    public async Task A_torn_file_leaves_the_last_good_settings_in_force_until_it_is_whole(string text)
    {
        using var app = Start(ignoresErrors: true);

        Write(text);
        await Until(() => app.Log.At(LogLevel.Error).Any());
        Assert.Equal(7, app.Limit("search"));

        Write("""{ "SmartRateLimit": { "Policies": { "search": { "Rate": "8/s" } } } }""");
        await Until(() => app.Limit("search") == 8);
    }

    [Fact]
    public async Task A_torn_file_that_its_reader_reports_leaves_the_last_good_settings_in_force_until_it_is_whole()
    {
        using var app = Start(ignoresErrors: false);

        Write("{ \"Smart");
        await Until(() => !app.Configuration.GetSection("SmartRateLimit").GetChildren().Any());
        Assert.Equal(7, app.Limit("search"));

        Write("""{ "SmartRateLimit": { "Policies": { "search": { "Rate": "8/s" } } } }""");
        await Until(() => app.Limit("search") == 8);
    }

    [Fact]
    public void A_deleted_file_is_noticed_beside_other_sources()
    {
        Write("""{ "Logging": {}, "SmartRateLimit": { "Policies": { "search": { "Rate": "7/s" } } } }""");
        using var app = new ConfiguredApp(new ConfigurationBuilder()
            .AddJsonFile(File, optional: true, reloadOnChange: false)
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("SmartRateLimit:Policies:orders:Rate", "9/s")])
            .Build());
        Assert.Equal(7, app.Limit("search"));

        System.IO.File.Delete(File);
        Reload(app);

        Assert.Equal(7, app.Limit("search"));
        Assert.Single(app.Log.At(LogLevel.Error));
    }

    [Fact]
    public void A_file_whose_section_is_edited_away_is_no_lost_file_while_others_configure()
    {
        Write("""{ "Other": 1, "SmartRateLimit": { "Policies": { "search": { "Rate": "7/s" } } } }""");
        using var app = new ConfiguredApp(new ConfigurationBuilder()
            .AddJsonFile(File, optional: true, reloadOnChange: false)
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("SmartRateLimit:Enabled", "true")])
            .Build());
        Assert.Equal(7, app.Limit("search"));

        Write("""{ "Other": 1 }""");
        Reload(app);

        Assert.Equal(5, app.Limit("search"));
        Assert.Empty(app.Log.At(LogLevel.Error));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ConfiguredApp Start(bool ignoresErrors)
    {
        Write("""{ "SmartRateLimit": { "Policies": { "search": { "Rate": "7/s" } } } }""");
        var app = new ConfiguredApp(new ConfigurationBuilder()
            .AddJsonFile(source =>
            {
                source.Path = File;
                source.Optional = true;
                source.ReloadOnChange = true;
                source.ReloadDelay = 50;
                source.ResolveFileProvider();
                source.OnLoadException = context => context.Ignore = ignoresErrors;
            })
            .Build());
        Assert.Equal(7, app.Limit("search"));
        return app;
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var i = 0; i < 400 && !isSo(); i++)
        {
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.True(isSo());
    }

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private static void Reload(ConfiguredApp app) => ((IConfigurationRoot)app.Configuration).Reload();
}
