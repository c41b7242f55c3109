namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL008Tests
{
    [Fact]
    public Task SRL008_reports_on_the_second_of_two_attributes_that_disagree() => Check.Reports(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant), Name = "x")]
            [{|SRL008:RateLimited("200/m", Key = nameof(tenant), Name = "x")|}]
            public partial void Import(string tenant);

            private void ImportCore(string tenant) { }
        """));

    [Fact]
    public Task SRL008_is_silent_on_two_names_and_on_two_that_agree() => Check.IsSilent(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant), Name = "x")]
            [RateLimited("200/m", Key = nameof(tenant), Name = "y")]
            [RateLimited("100/m", Key = nameof(other), Name = "x")]
            public partial void Import(string tenant, string other);

            private void ImportCore(string tenant, string other) { }
        """));

    [Fact]
    public Task SRL008_reports_on_a_later_method_that_disagrees_wherever_it_is() => Check.Reports(
        SmartRateLimit.Compiling.CSharpProject.Of(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant), Name = "x", Burst = 5)]
            public partial void Import(string tenant);

            private void ImportCore(string tenant) { }
        """)),
        """
        public static partial class Other
        {
            private const string Shared = "x";

            [{|SRL008:RateLimited("100/m", Key = nameof(tenant), Name = Shared)|}]
            public static partial void Export(string tenant, IRateLimiter limiter);

            private static void ExportCore(string tenant, IRateLimiter limiter) { }

            [RateLimited("100 per minute", Key = nameof(tenant), Burst = 5, Name = Shared, Shadow = false)]
            public static partial void Agree(string tenant, IRateLimiter limiter);

            private static void AgreeCore(string tenant, IRateLimiter limiter) { }
        }
        """);
}
