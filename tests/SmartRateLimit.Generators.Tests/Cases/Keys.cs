public enum Region
{
    North,
    South,
}

public sealed record Customer(string Name, Region? Region);

public sealed record Order(int Id, Customer? Customer);

public static class OrderKeys
{
    public static string Of(Order order) => "order" + order.Id;
}

public partial class Orders(IRateLimiter limiter)
{
    public string Tenant { get; set; } = "t";

    [RateLimited("1/d", Key = "{Tenant}:{region}/{order.Customer.Name}-{order.Customer.Region}")]
    public partial void Place(Order order, Region region, Region? optional);

    [RateLimited("1/d", Key = "first|second|Fallback")]
    public partial void Chain(string? first, int? second);

    [RateLimited("1/d", Key = nameof(OrderKeys.Of), KeyType = typeof(OrderKeys))]
    public partial void Ship(string carrier, Order order);

    [RateLimited("1/d", Key = nameof(optional))]
    public partial void Filter(Region? optional);

    private void PlaceCore(Order order, Region region, Region? optional)
    {
    }

    private void ChainCore(string? first, int? second)
    {
    }

    private void ShipCore(string carrier, Order order)
    {
    }

    private void FilterCore(Region? optional)
    {
    }

    private static string Fallback(int? second) => "nobody";
}

public static class Scenario
{
    public const string Expected = "done rejected done done | done rejected done done rejected | done rejected | done done rejected";

    public static string Run()
    {
        var orders = new Orders(Probe.Limiter());
        var nobody = new Order(1, null);
        var somebody = new Order(1, new Customer("c", Region.South));
        return Join(
            () => orders.Place(nobody, Region.North, null),
            () => orders.Place(nobody, Region.North, null),
            () => orders.Place(nobody, Region.South, null),
            () => orders.Place(somebody, Region.North, null)) + " | " + Join(
            () => orders.Chain("5", 5),
            () => orders.Chain("5", 6),
            () => orders.Chain("", 5),
            () => orders.Chain(null, null),
            () => orders.Chain("", null)) + " | " + Join(
            () => orders.Ship("a", nobody),
            () => orders.Ship("b", somebody)) + " | " + Join(
            () => orders.Filter(null),
            () => orders.Filter(Region.North),
            () => orders.Filter(Region.North));
    }

    private static string Join(params Action[] calls) => string.Join(" ", calls.Select(call => Probe.Of(1, call)));
}
