namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL015Tests
{
    [Fact]
    public Task SRL015_reports_on_two_limiters_that_are_equally_near() => Check.Reports("""
        public partial class Quotes(IRateLimiter fast, IRateLimiter slow)
        {
            private readonly IRateLimiter _fast = fast;
            private readonly IRateLimiter _slow = slow;

            [RateLimited("100/m", Key = nameof(tenant))]
            public partial int {|SRL015:Get|}(string tenant);

            private int GetCore(string tenant) => 0;
        }
        """);

    [Fact]
    public Task SRL015_reports_on_a_limiter_that_a_base_class_hides() => Check.Reports("""
        public class Base
        {
            private readonly IRateLimiter _limiter = null!;
            public override string ToString() => _limiter.ToString()!;
        }

        public partial class Quotes : Base
        {
            [RateLimited("100/m", Key = nameof(tenant))]
            public partial int {|SRL015:Get|}(string tenant);

            private int GetCore(string tenant) => 0;
        }
        """);

    [Fact]
    public Task SRL015_is_silent_when_a_parameter_is_nearer() => Check.IsSilent("""
        public partial class Quotes(IRateLimiter fast, IRateLimiter slow)
        {
            private readonly IRateLimiter _fast = fast;
            private readonly IRateLimiter _slow = slow;

            [RateLimited("100/m", Key = nameof(tenant))]
            public partial int Get(string tenant, IRateLimiter limiter);

            private int GetCore(string tenant, IRateLimiter limiter) => 0;
        }
        """);
}
