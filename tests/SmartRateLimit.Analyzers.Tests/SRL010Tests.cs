namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL010Tests
{
    [Fact]
    public Task SRL010_reports_on_a_plain_method() => Check.Reports(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant))]
            public int {|SRL010:Get|}(string tenant) => tenant.Length;
        """));

    [Fact]
    public Task SRL010_reports_on_a_partial_method_without_an_accessibility_modifier() => Check.Reports(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant))]
            partial void {|SRL010:Import|}(string tenant);

            private void ImportCore(string tenant) { }
        """));

    [Fact]
    public Task SRL010_reports_on_a_partial_method_that_is_implemented_by_hand() => Check.Reports(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant))]
            public partial void {|SRL010:Import|}(string tenant);

            public partial void Import(string tenant) { }

            private void ImportCore(string tenant) { }
        """));

    [Fact]
    public Task SRL010_reports_where_only_the_part_that_is_implemented_by_hand_is_annotated() => Check.Reports(Sample.Class("""
            public partial void {|SRL010:Import|}(string tenant);

            [RateLimited("100/m", Key = nameof(tenant))]
            public partial void Import(string tenant) { }

            private void ImportCore(string tenant) { }
        """));

    [Fact]
    public Task SRL010_reports_on_a_plain_method_that_is_never_mapped() => Check.ReportsWithAspNetCore("""
        public static class Handlers
        {
            [RateLimited("100/m", Key = RateLimitKey.Global)]
            public static string {|SRL010:Get|}() => "";
        }
        """);

    [Fact]
    public Task SRL010_is_silent_on_a_partial_method() =>
        Check.IsSilent(Sample.Limited("\"100/m\", Key = nameof(tenant)"));
}
