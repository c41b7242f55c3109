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

    private const string Interface = """
        public interface IQuotes { int Get(string tenant); }

        public class Served : Quotes, IQuotes;

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

    [Theory]
    [InlineData("public class Cached : Served, IQuotes { int IQuotes.{|SRL021:Get|}(string tenant) => 1; }")]
    [InlineData("public class Cached : Served, IQuotes { public new int {|SRL021:Get|}(string tenant) => 1; }")]
    [InlineData("public interface IMore : IQuotes; public class Cached : Served, IMore { int IQuotes.{|SRL021:Get|}(string tenant) => 1; }")]
    [InlineData("public class Between : Served; public class Cached : Between, IQuotes { int IQuotes.{|SRL021:Get|}(string tenant) => 1; }")]
    public Task SRL021_reports_on_an_interface_that_is_implemented_again_without_the_limit(string heir) => Check.Reports(Interface + Base + heir);

    [Theory]
    [InlineData("public class Cached : Served { public new int Get(string tenant) => 1; }")]
    [InlineData("public class Cached : Served, IQuotes { int IQuotes.Get(string tenant) => base.Get(tenant) + 1; }")]
    [InlineData("public class Cached : Served, IQuotes;")]
    [InlineData("public class Plain { public virtual int Get(string tenant) => 0; } public class Cached : Plain, IQuotes { int IQuotes.Get(string tenant) => 1; }")]
    public Task SRL021_is_silent_on_an_interface_that_is_implemented_with_the_limit(string heir) => Check.IsSilent(Interface + Base + heir);

    [Fact]
    public Task SRL021_reports_on_an_override_of_a_method_of_another_assembly()
    {
        var library = GeneratorRun.Of(CSharpProject.Of(Base) with { Name = "Library" }, new RateLimitedGenerator()).Compilation;
        var project = CSharpProject.Of() with { Assemblies = References.SmartRateLimit.Add(Emitted.Of(library)) };
        return Check.Reports(project, "public class Cached : Quotes { public override int {|SRL021:Get|}(string tenant) => 1; }");
    }
}
