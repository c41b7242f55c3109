namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL023Tests
{
    [Fact]
    public Task SRL023_reports_on_a_call_of_an_action_and_of_a_mapped_method() => Check.ReportsWithAspNetCore("""
        using Microsoft.AspNetCore.Builder;

        public class ReportController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = HttpKey.Ip)]
            public virtual string Get(int year) => year > 2000 ? "" : {|SRL023:Get(year + 1)|};
        }

        public static class Routes
        {
            public static void Map(WebApplication app, ReportController other)
            {
                app.MapGet("/", Search);
                {|SRL023:Search("a")|};
                {|SRL023:other.Get(1)|};
            }

            [RateLimited("5/m", Key = HttpKey.Ip)]
            private static string Search(string q) => q;
        }
        """);

    [Fact]
    public Task SRL023_is_silent_on_what_limits_itself_on_what_is_not_limited_and_on_an_override() => Check.IsSilentWithAspNetCore("""
        public partial class ReportController(IRateLimiter limiter) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = nameof(year))]
            public partial string Get(int year);

            private string GetCore(int year) => "";

            public string Free() => Get(1);

            [RateLimited("5/m", Key = HttpKey.Ip)]
            public virtual string All() => Free() + nameof(All);
        }

        public class DerivedController(IRateLimiter limiter) : ReportController(limiter)
        {
            [RateLimited("5/m", Key = HttpKey.Ip)]
            public override string All() => base.All();
        }
        """);
}
