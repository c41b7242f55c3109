using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL013Tests
{
    private const string Limit = "[RateLimited(\"100/m\", Key = RateLimitKey.Global)] ";
    private const string MarkedLimit = "[{|SRL013:RateLimited(\"100/m\", Key = RateLimitKey.Global)|}] ";

    [Theory]
    [InlineData("public abstract int {|SRL013:Get|}(string tenant);")]
    [InlineData("public static extern int {|SRL013:Get|}(string tenant);")]
    [InlineData("void IDisposable.{|SRL013:Dispose|}() { }")]
    [InlineData("public static Quotes operator {|SRL013:+|}(Quotes a, Quotes b) => a;")]
    [InlineData("~{|SRL013:Quotes|}() { }")]
    [InlineData("public async void {|SRL013:Fire|}() => await Task.Yield();")]
    [InlineData("public partial Task {|SRL013:ReadAsync|}(Span<byte> buffer); private Task ReadAsyncCore(Span<byte> buffer) => null!;")]
    [InlineData("public partial Task {|SRL013:ReadAsync|}(ref int position); private Task ReadAsyncCore(ref int position) => null!;")]
    public Task SRL013_reports_on_a_member_that_cannot_be_limited(string member) => Check.Reports($$"""
        public abstract partial class Quotes : IDisposable
        {
            protected IRateLimiter Limiter => null!;
            public abstract void Dispose();
            {{Limit}}{{member}}
        }
        """.Replace("public abstract void Dispose();", member.Contains("IDisposable", StringComparison.Ordinal) ? "" : "public abstract void Dispose();", StringComparison.Ordinal));

    [Fact]
    public Task SRL013_reports_on_accessors() => Check.Reports(Sample.Class($$"""
            public int Count { {{Limit}}{|SRL013:get|} => 0; {{Limit}}{|SRL013:set|} { } }
            public event Action Changed { {{Limit}}{|SRL013:add|} { } {{Limit}}{|SRL013:remove|} { } }
        """));

    [Fact]
    public Task SRL013_reports_on_the_accessors_of_a_field_like_event_and_of_an_automatic_property() => Check.Reports(Sample.Class($$"""
            [method: RateLimited("100/m", Key = RateLimitKey.Global)] public event Action? {|SRL013:Changed|};
            public int Count { {{Limit}}{|SRL013:get|}; {{Limit}}{|SRL013:set|}; }
        """));

    [Fact]
    public Task SRL013_reports_on_local_functions_and_lambdas() => Check.Reports(Sample.Class($$"""
            public void Run()
            {
                Local();
                {{Limit}}void {|SRL013:Local|}() { }
                Action lambda = {{MarkedLimit}}() => { };
                Func<int, int> simple = {{MarkedLimit}}(x) => x;
            }
        """));

    [Fact]
    public Task SRL013_reports_on_a_lambda_in_a_field() => Check.Reports($$"""
        public static class Fields { public static readonly Action Run = {{MarkedLimit}}() => { }; }
        """);

    [Fact]
    public Task SRL013_reports_on_a_local_function_of_top_level_statements() => Check.Reports(
        CSharpProject.Of() with { Output = OutputKind.ConsoleApplication },
        $$"""
        Local();
        {{Limit}}static void {|SRL013:Local|}() { }
        """);

    [Theory]
    [InlineData("static int {|SRL013:Get|}() => 0;")]
    [InlineData("static abstract int {|SRL013:Get|}();")]
    [InlineData("sealed int {|SRL013:Get|}() => 0;")]
    [InlineData("private int {|SRL013:Get|}() => 0;")]
    [InlineData("protected int {|SRL013:Get|}() => 0;")]
    [InlineData("Task {|SRL013:GetAsync|}(ref int a);")]
    [InlineData("Task<int>? {|SRL013:GetAsync|}();")]
    [InlineData("System.Runtime.CompilerServices.YieldAwaitable {|SRL013:Get|}();")]
    [InlineData("int {|SRL013:Get|}(); static abstract void Other();")]
    [InlineData("int {|SRL013:Get|}(); protected void Other();")]
    public Task SRL013_reports_on_a_member_of_an_interface_that_no_decorator_can_limit(string member) => Check.Reports($$"""
        public interface IQuotes { {{Limit}}{{member}} }
        """);

    [Theory]
    [InlineData("file interface IQuotes { int Get(); }")]
    [InlineData("public interface IQuotes { int Get(); } public sealed class RateLimitedQuotes;")]
    [InlineData("public interface IQuotes { int Count { get; } event Action Changed; }")]
    [InlineData("public interface IQuotes { }")]
    public Task SRL013_reports_on_an_interface_that_cannot_be_limited_as_a_whole(string text) =>
        Check.Reports(MarkedLimit.Trim() + " " + text);

    [Fact]
    public Task SRL013_reports_on_a_member_that_a_limit_on_the_whole_interface_cannot_reach() => Check.Reports($$"""
        {{Limit}}
        public interface IQuotes
        {
            int Get();

            sealed int {|SRL013:Find|}() => Help();

            private int Help() => 0;

            static int Other() => 0;
        }
        """);

    [Fact]
    public Task SRL013_reports_on_interfaces_whose_decorators_would_have_one_name() => Check.Reports($$"""
        public interface IQuotes { {{Limit}}int {|SRL013:Get|}(); }

        public interface Quotes { {{Limit}}int {|SRL013:Get|}(); }
        """);

    [Fact]
    public Task SRL013_reports_on_a_decorator_that_does_not_exist() => Check.Reports("""
        using Microsoft.Extensions.DependencyInjection;

        public interface IQuotes { int Get(); }

        public sealed class Quotes : IQuotes { public int Get() => 0; }

        public static class Setup
        {
            public static void Register(IServiceCollection services) => {|SRL013:services.AddRateLimited<IQuotes, Quotes>()|};
        }
        """);

    [Fact]
    public Task SRL013_is_silent_on_an_interface_and_its_members() => Check.IsSilent($$"""
        {{Limit}}
        public interface IQuotes : IDisposable
        {
            int Get(string tenant);

            {{Limit}}
            int Find(string tenant) => 0;

            Task<int> FindAsync();
        }
        """);

    [Fact]
    public Task What_is_wrong_with_a_limit_on_an_interface_is_said_once() => Check.Reports("""
        [RateLimited("{|SRL001:x|}", Key = "*")]
        public interface IQuotes { int Get(); int Find(); }
        """);

    [Fact]
    public Task SRL012_reports_on_a_type_around_a_limited_interface() => Check.Reports($$"""
        public class Outer { {{Limit}} public interface IQuotes { int {|SRL012:Get|}(); int Find(); } }
        """);

    [Fact]
    public Task SRL013_reports_on_a_class_that_is_no_controller() => Check.Reports("""
        [{|SRL013:RateLimited("100/m", Key = RateLimitKey.Global)|}]
        public class Quotes
        {
            public int Get() => 0;
        }
        """);

    [Fact]
    public async Task SRL013_reports_on_a_member_of_an_extension_block_and_says_what_to_write()
    {
        var diagnostic = Assert.Single(await Check.Diagnostics(CSharpProject.Of($$"""
            public static class Texts
            {
                extension(string text)
                {
                    {{Limit}}public int Count() => text.Length;
                }
            }
            """) with { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview }));

        Assert.Equal("SRL013", diagnostic.Id);
        Assert.Contains("a member of an extension block cannot be partial; write an extension method with this", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("extension block", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "diagnostics", "SRL013.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SRL013_is_silent_on_what_its_advice_about_extension_blocks_says()
    {
        var advised = CSharpProject.Of($$"""
            public static partial class Texts
            {
                {{Limit}}public static partial int Count(this string text);

                private static int CountCore(string text) => text.Length;
            }
            """) with { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview };

        Assert.DoesNotContain(await Check.Diagnostics(advised), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public Task SRL013_is_silent_on_what_is_not_annotated() => Check.IsSilent("""
        public interface IQuotes { int Get(string tenant); }

        public abstract class Quotes
        {
            public abstract int Get();
            public int Count { get; set; }
            public void Run() { void Local() { } Local(); Action lambda = [Obsolete] () => { }; lambda(); }
        }
        """);
}
