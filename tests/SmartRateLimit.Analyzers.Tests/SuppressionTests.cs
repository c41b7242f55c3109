using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SuppressionTests
{
    private const string Plain = """
            [RateLimited("100/m", Key = nameof(tenant))]
            public int Get(string tenant) => tenant.Length;
        """;

    [Fact]
    public Task A_pragma_silences_a_diagnostic() => Check.IsSilent($"""
        #pragma warning disable SRL010
        {Sample.Class(Plain)}
        """);

    [Fact]
    public Task A_pragma_ends_where_it_is_restored() => Check.Reports(Sample.Class($"""
        #pragma warning disable SRL010
        {Plain}
        #pragma warning restore SRL010
        {Plain.Replace("Get(", "{|SRL010:Find|}(", StringComparison.Ordinal)}
        """));

    [Fact]
    public async Task An_editorconfig_silences_a_diagnostic() =>
        Assert.Empty(await Check.Diagnostics(Configured("dotnet_diagnostic.SRL010.severity = none")));

    [Fact]
    public async Task An_editorconfig_changes_a_severity()
    {
        var diagnostic = Assert.Single(await Check.Diagnostics(Configured("dotnet_diagnostic.SRL010.severity = warning")));

        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
    }

    [Fact]
    public async Task SRL010_is_an_error_by_default()
    {
        var diagnostic = Assert.Single(await Check.Diagnostics(Configured("")));

        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    private static CSharpProject Configured(string setting) =>
        CSharpProject.Of(Sample.Class(Plain)) with { EditorConfig = $"[*.cs]\n{setting}\n" };
}
