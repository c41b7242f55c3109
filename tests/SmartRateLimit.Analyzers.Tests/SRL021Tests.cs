using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL021Tests
{
    private const string Base = """
        public partial class Quotes
        {
            protected readonly IRateLimiter _limiter = SmartRateLimiter.Shared;

            [RateLimited("100/m", Key = nameof(tenant))]
            public virtual partial int Get(string tenant);

            protected virtual int GetCore(string tenant) => 0;
        }

        """;

    [Theory]
    [InlineData("public class Cached : Quotes { public override int {|SRL021:Get|}(string tenant) => 1; }")]
    [InlineData("public class Cached : Quotes { public sealed override int {|SRL021:Get|}(string tenant) => 1; }")]
    [InlineData("public class Cached : Quotes; public class More : Cached { public override int {|SRL021:Get|}(string tenant) => 1; }")]
    public Task SRL021_reports_on_an_override_that_is_not_limited(string heir) => Check.Reports(Base + heir);

    [Theory]
    [InlineData("public class Cached : Quotes { protected override int GetCore(string tenant) => 1; }")]
    [InlineData("public class Cached : Quotes { public override int Get(string tenant) => base.Get(tenant) + 1; }")]
    [InlineData("public class Cached : Quotes { public override string ToString() => \"\"; }")]
    [InlineData("public partial class Cached : Quotes { [RateLimited(\"1/s\", Key = nameof(tenant))] public override partial int Get(string tenant); protected override int GetCore(string tenant) => 1; }")]
    public Task SRL021_is_silent_on_an_override_that_keeps_a_limit(string heir) => Check.IsSilent(Base + heir);

    [Fact]
    public Task SRL021_reports_on_an_override_of_a_method_of_another_assembly()
    {
        var library = GeneratorRun.Of(CSharpProject.Of(Base) with { Name = "Library" }, new RateLimitedGenerator()).Compilation;
        var project = CSharpProject.Of() with { Assemblies = References.SmartRateLimit.Add(Emitted.Of(library)) };
        return Check.Reports(project, "public class Cached : Quotes { public override int {|SRL021:Get|}(string tenant) => 1; }");
    }
}
