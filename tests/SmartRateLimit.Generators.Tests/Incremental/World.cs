using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests.Incremental;

/// <summary>A project whose files see each other in every way that matters to a limit.</summary>
internal static class World
{
    public const string Service = "Service.cs";
    public const string Part = "Part.cs";
    public const string Base = "Base.cs";
    public const string Model = "Model.cs";
    public const string Face = "Face.cs";
    public const string Inherited = "Inherited.cs";
    public const string Controller = "Controller.cs";
    public const string Routes = "Routes.cs";
    public const string Aliases = "Aliases.cs";
    public const string Unrelated = "Unrelated.cs";

    public static CSharpProject Project { get; } = new CSharpProject
    {
        Files =
        [
            new(Service, """
                using App.Models;

                namespace App.Services;

                public partial class OrderService : ServiceBase
                {
                    [RateLimited(Numbers.Orders, Key = "{order.Customer.Region}:{order.Id}", Burst = Numbers.Burst, Cost = nameof(CostOf))]
                    public partial Task<Order> PlaceAsync(Order order, CancellationToken token);

                    private Task<Order> PlaceAsyncCore(Order order, CancellationToken token) => Task.FromResult(order);

                    [RateLimited("1/s", Key = nameof(KeyOf))]
                    public partial int Find(Order order, int amount = 5);

                    private int FindCore(Order order, int amount) { return amount; }
                }
                """),
            new(Part, """
                namespace App.Services;

                partial class OrderService
                {
                    private static string KeyOf(App.Models.Order order) => order.Id.ToString();

                    private static long CostOf() { return 1; }
                }
                """),
            new(Base, """
                namespace App.Services;

                public abstract class ServiceBase(IRateLimiter limiter)
                {
                    protected IRateLimiter Limiter { get; } = limiter;

                    protected virtual int Number { get { return 1; } }
                }
                """),
            new(Model, """
                namespace App.Models;

                public sealed record Order(Customer Customer, int Id);

                public sealed record Customer(string Region);

                public static class Numbers
                {
                    public const string Orders = "10/m";
                    public const long Burst = 5;
                }
                """),
            new(Face, """
                namespace App.Faces;

                public interface IShop : IInherited
                {
                    [RateLimited("3/s", Key = nameof(what))]
                    int Buy(string what, Tag tag);
                }
                """),
            new(Inherited, """
                namespace App.Faces;

                public interface IInherited
                {
                    [RateLimited("4/s", Key = "*")]
                    Task SellAsync();

                    int Stock { get; }
                }

                public enum Tag { None, Some }
                """),
            new(Controller, """
                namespace App.Web;

                public class ShopController : Microsoft.AspNetCore.Mvc.ControllerBase
                {
                    [RateLimited("5/m", Key = nameof(Keys.Tenant), KeyType = typeof(Keys))]
                    public string Get() => "";
                }

                public static class Handlers
                {
                    [RateLimited("6/m", Key = nameof(Session))]
                    public static string Mapped() => "";

                    internal static string Session() => "";
                }

                public static class Keys { public static string Tenant() => ""; }
                """),
            new(Routes, """
                using Microsoft.AspNetCore.Builder;

                namespace App.Web;

                public static class Routes
                {
                    public static void Map(WebApplication app)
                    {
                        app.MapGet("/", Handlers.Mapped);
                        app.MapGet("/l", [RateLimited("7/m", Key = nameof(Here))] () => "");
                    }

                    internal static string Here() => "";
                }
                """),
            new(Aliases, """
                global using Limit = SmartRateLimit.RateLimitedAttribute;
                """),
            new(Unrelated, """
                namespace App.Other;

                public static partial class Unrelated
                {
                    [Limit("8/m", Key = "*")] public static partial int Aliased();

                    private static int AliasedCore() => 1;
                }
                """),
        ],
    }.WithWebPackage();

    public static string Text(this CSharpProject project, string path) => project.Files.Single(file => file.Path == path).Text;
}
