using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Tests;

public sealed class CaseTests
{
    public static TheoryData<string> Names => [.. Case.Names];

    public static MatrixTheoryData<string, LanguageVersion, NullableContextOptions> Settings => new(
        [.. Case.Names],
        [LanguageVersion.CSharp12, LanguageVersion.Latest, LanguageVersion.Preview],
        [NullableContextOptions.Enable, NullableContextOptions.Disable, NullableContextOptions.Annotations]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_code_is_what_a_person_read_and_accepted(string name) =>
        Snapshot.Match(name, Generated.From(Case.Project(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Generated_code_does_what_the_attribute_says(string name)
    {
        var run = Generated.From(Case.Project(name));
        using var assembly = run.Load();
        var scenario = assembly.Assembly.GetTypes().Single(type => type.Name == "Scenario");
        var expected = scenario.GetField("Expected")!.GetValue(null);
        var said = assembly.Call(scenario.FullName!, "Run");
        Assert.Equal(expected, said is Task<string> task ? await task : said);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Generated_code_compiles_without_a_warning_under_every_setting(string name, LanguageVersion language, NullableContextOptions nullable)
    {
        var run = Generated.From(Case.Project(name, language) with { Nullable = nullable, Documented = true });
        Assert.Null(run.Result.Exception);
        Assert.NotEmpty(run.Sources);
        var generated = run.Result.GeneratedSources.Select(source => source.SyntaxTree).ToHashSet();
        var problems = run.Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(problem => problem.Severity == DiagnosticSeverity.Error
                || (problem.Severity == DiagnosticSeverity.Warning && problem.Location.SourceTree is { } tree && generated.Contains(tree)));
        Assert.Empty(problems.Select(problem => problem.ToString()));
    }
}
