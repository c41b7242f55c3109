namespace WebApi;

/// <summary>What the shop sells.</summary>
public static class Catalog
{
    private static readonly Product[] Products =
    [
        new("kettle", "Steel kettle, 1.7 l", 39.90m),
        new("teapot", "Stoneware teapot", 28.00m),
        new("mug", "Stoneware mug", 9.50m),
        new("tray", "Oak tray", 24.00m),
    ];

    public static IEnumerable<Product> Search(string? text) =>
        Products.Where(product => string.IsNullOrEmpty(text) || product.Title.Contains(text, StringComparison.OrdinalIgnoreCase));
}

public sealed record Product(string Id, string Title, decimal Price);
