using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>In a key null counts as empty, also where a type says that nothing is null and a serializer knew better.</summary>
public sealed class NullPathTests
{
    private const string Code = """
        public sealed record Customer(string Region, int Level, System.DayOfWeek Day);
        public sealed record Order(Customer Customer);

        public static partial class Orders
        {
            [RateLimited("1/h", Key = "{order.Customer.Region}:{order.Customer.Level}:{order.Customer.Day}")]
            public static partial string Place(Order order, IRateLimiter limiter);

            private static string PlaceCore(Order order, IRateLimiter limiter) => "placed";

            public static string WithoutOrder(IRateLimiter limiter) => Place(null!, limiter);

            public static string WithoutCustomer(IRateLimiter limiter) => Place(new Order(null!), limiter);

            public static string Whole(IRateLimiter limiter) => Place(new Order(new Customer("eu", 1, System.DayOfWeek.Friday)), limiter);
        }
        """;

    [Fact]
    public void A_path_from_null_is_an_empty_part_of_the_key()
    {
        using var assembly = Generated.From(CSharpProject.Of(Code)).AssertClean().Load();
        var limiter = new SmartRateLimiter(new MemoryBackend());

        Assert.Equal("placed", assembly.Call("Orders", "WithoutOrder", limiter));
        Assert.Throws<RateLimitExceededException>(() => assembly.Call("Orders", "WithoutCustomer", limiter));
        Assert.Equal("placed", assembly.Call("Orders", "Whole", limiter));
    }

    [Fact]
    public void A_path_to_a_span_is_read_as_it_is() => Generated.From("""
        public sealed class Order { public System.ReadOnlySpan<char> Region => "eu"; }

        public static partial class Orders
        {
            [RateLimited("1/h", Key = "{order.Region}")]
            public static partial string Place(Order order, IRateLimiter limiter);

            private static string PlaceCore(Order order, IRateLimiter limiter) => "placed";
        }
        """).AssertClean();
}
