using SmartRateLimit.Compiling;

namespace SmartRateLimit.Analyzers.Tests;

/// <summary>Analyzers run while code is being typed: half-written code may be reported, but must never throw.</summary>
public sealed class BrokenCodeTests
{
    [Theory]
    [InlineData("[RateLimited] public void Get(string tenant) { }")]
    [InlineData("[RateLimited()] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(5)] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = )] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = 5)] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = nameof())] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = nameof(nothing))] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", KeyType = typeof(Nothing), Key = \"x\")] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Algorithm = (RateLimitAlgorithm)99)] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Burst = \"many\")] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Unknown = 1)] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = \"{tenant\")] public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = \"\", Cost = \"\", SkipIf = \"\", OnRejected = \"\", MaxWait = \"\", Name = \"\")] public partial Task Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")] public partial Missing Get(Missing tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")] public partial Task<Missing> Get<T>(T tenant) where T : Missing;")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")] public partial void Get(string tenant, string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")] public partial void Get(string tenant); public partial void Get(string tenant);")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")] public partial void Get(string")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")] public partial")]
    [InlineData("[RateLimited(\"100/m\", Key = \"tenant\")]")]
    [InlineData("[RateLimited(\"\\uD83D\", Key = \"\\uD83D{\")] public partial void Get(string tenant);")]
    [InlineData("public void Run() { [RateLimited(\"1/s\")] void (; var f = [RateLimited(] () => ; }")]
    [InlineData("[method: RateLimited(\"1/s\")] public event Action Changed;")]
    [InlineData("[return: RateLimited(\"1/s\")] public int Get() => 0;")]
    [InlineData("[RateLimited(\"1/s\")] public class Nested { ")]
    public async Task An_analyzer_never_throws(string member)
    {
        await Check.Diagnostics(CSharpProject.Of(Sample.Class(member)));
        await Check.Diagnostics(CSharpProject.Of(Sample.Class(member)).WithAspNetCore());
        await Check.Diagnostics(CSharpProject.Of(member));
    }

    [Fact]
    public async Task An_analyzer_never_throws_without_the_product() =>
        await Check.Diagnostics(CSharpProject.Of(Sample.Limited("\"100/m\"")) with { Assemblies = References.Framework });

    [Fact]
    public async Task An_analyzer_never_throws_wherever_the_typing_stops()
    {
        var text = Sample.Limited("\"100 per 3 hours\", Key = \"{tenant}:{count}\", Cost = nameof(count), Burst = 5");
        for (var length = 0; length < text.Length; length += 3)
        {
            await Check.Diagnostics(CSharpProject.Of(text[..length]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_analyzer_never_throws_on_damaged_code(int seed)
    {
        const int Rounds = 30;
        var random = new Random(seed);
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "SRL*.md").Where((_, index) => index % 4 == seed - 1))
        {
            var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
            for (var round = 0; round < Rounds; round++)
            {
                await Check.Diagnostics(CSharpProject.Of(Damaged.Text(string.Join("\n", text.Split("```csharp").Skip(1).Select(part => part.Split("```")[0])), random)).WithWebPackage());
            }
        }
    }
}
