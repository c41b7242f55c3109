namespace SmartRateLimit.Generators.Tests.Incremental;

/// <summary>An edit in one file that changes what another one means, seen by a generator that remembers.</summary>
public sealed class EditTests
{
    public static TheoryData<string, string, string> Related => new()
    {
        { World.Model, "namespace App.Models", "namespace App.Moved" },
        { World.Model, "\"10/m\"", "\"11/m\"" },
        { World.Model, "Burst = 5", "Burst = 6" },
        { World.Model, "string Region", "string Area" },
        { World.Model, "record Order(", "record struct Order(" },
        { World.Model, "public static class Numbers", "public static class Figures" },
        { World.Part, "KeyOf(App.Models.Order order) =>", "KeyOf(App.Models.Order order, int amount) =>" },
        { World.Part, "private static string KeyOf", "private string KeyOf(int amount) => \"\"; private static string KeyOf" },
        { World.Part, "private static long CostOf()", "private static string CostOf()" },
        { World.Part, "{ return 1; }", "{ return 1; } private const int OrderServiceLimits = 1;" },
        { World.Part, "namespace App.Services;", "namespace App.Services; partial class OrderService { class Task<T> { } }" },
        { World.Base, "IRateLimiter Limiter {", "IRateLimiter? Limiter {" },
        { World.Base, "protected IRateLimiter Limiter", "private IRateLimiter Limiter" },
        { World.Base, "protected virtual", "protected IRateLimiter Second = null!; protected virtual" },
        { World.Base, "namespace App.Services;", "namespace App.Services; public sealed class Order { }" },
        { World.Inherited, "\"4/s\"", "\"4/m\"" },
        { World.Inherited, "int Stock { get; }", "int Stock { get; set; }" },
        { World.Inherited, "int Stock { get; }", "int Stock { get { return 1; } }\nstatic abstract void New();" },
        { World.Inherited, "public enum Tag", "namespace App.Inner; public enum Tag" },
        { World.Inherited, "public enum Tag", "public class RateLimitedShop { } public enum Tag" },
        { World.Unrelated, "namespace App.Other;", "namespace App.Faces; public interface Shop { [RateLimited(\"1/s\", Key = \"*\")] int Get(); }" },
        { World.Unrelated, "namespace App.Other;", "namespace App.Services.App.Models; public class X { }" },
        { World.Controller, "string Tenant()", "string Other()" },
        { World.Controller, "public class ShopController", "[Microsoft.AspNetCore.Mvc.NonController] public class ShopController" },
        { World.Controller, "string Get()", "static string Get()" },
        { World.Routes, "Handlers.Mapped", "Handlers.Session" },
        { World.Routes, "nameof(Here)", "\"*\"" },
        { World.Aliases, "global using Limit", "global using Other" },
        { World.Aliases, "SmartRateLimit.RateLimitedAttribute", "System.ObsoleteAttribute" },
        { World.Face, ": IInherited", "" },
        { World.Service, ": ServiceBase", "" },
        { World.Service, "using App.Models;", "using App.Models; using Order = System.Int32;" },
        { World.Service, "{ return amount; }", "{\n#nullable disable\n return amount; }\n[RateLimited(\"1/s\", Key = \"*\")] public partial string? Late(); private string? LateCore() => null;" },
    };

    public static TheoryData<string, string, string> Unrelated => new()
    {
        { World.Service, "{ return amount; }", "{ return amount + 1; }" },
        { World.Service, "Task.FromResult(order)", "Task.FromResult(order with { Id = 1 })" },
        { World.Service, "{ return amount; }", "{ int Region() => 1; return amount + Region(); }" },
        { World.Part, "order.Id.ToString()", "\"\" + order" },
        { World.Base, "return 1;", "return 2;" },
        { World.Unrelated, "=> 1", "=> 2" },
        { World.Unrelated, "private static", "public static class Nested { } private static" },
        { World.Model, "public static class Numbers", "/// <summary>Rates.</summary>\npublic static class Numbers" },
        { World.Routes, "app.MapGet(\"/\"", "_ = 1; app.MapGet(\"/orders\"" },
        { World.Controller, "Get() => \"\"", "Get() => \"a\"" },
    };

    [Theory]
    [MemberData(nameof(Related))]
    public void A_declaration_that_changes_elsewhere_changes_what_is_written(string path, string from, string to)
    {
        var session = new Session(World.Project);
        var before = session.Written;

        Replace(session, path, from, to);

        Assert.NotEqual(before, session.WrittenAnew);
        Assert.Equal(session.WrittenAnew, session.Written);
    }

    [Theory]
    [MemberData(nameof(Related))]
    public void An_edit_that_is_undone_is_undone_in_what_is_written(string path, string from, string to)
    {
        var session = new Session(World.Project);
        var before = session.Written;

        Replace(session, path, from, to);
        session.Edit(path, World.Project.Text(path));

        Assert.Equal(before, session.Written);
    }

    [Theory]
    [MemberData(nameof(Unrelated))]
    public void Bodies_and_comments_change_nothing(string path, string from, string to)
    {
        var session = new Session(World.Project);
        var before = session.Written;

        Replace(session, path, from, to);

        Assert.Equal(before, session.Written);
        Assert.Equal(before, session.WrittenAnew);
    }

    [Theory]
    [InlineData("namespace App.Services; public sealed class Order { public Order? Customer; public int Id; public int Region; }")]
    [InlineData("namespace App.Services; public partial class OrderService { private static string KeyOf(int amount, App.Models.Order order) => \"\"; }")]
    [InlineData("namespace App.Faces; public sealed class RateLimitedShop { }")]
    [InlineData("namespace App.Services; public sealed class Task<T> { }")]
    [InlineData("namespace App.Services; public sealed class T\\u0061sk<T> { }")]
    [InlineData("global using Task = System.Threading.Tasks.ValueTask;")]
    public void A_new_file_counts_and_so_does_its_end(string text)
    {
        var session = new Session(World.Project);
        var before = session.Written;

        session.Add("New.cs", text);
        Assert.Equal(session.WrittenAnew, session.Written);
        Assert.NotEqual(before, session.Written);

        session.Remove("New.cs");
        Assert.Equal(before, session.Written);
    }

    [Fact]
    public void An_accessor_that_reads_its_field_declares_one()
    {
        var project = World.Project with { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview };
        var session = new Session(project with
        {
            Files =
            [
                new("A.cs", "public static partial class S { [RateLimited(\"1/s\", Key = nameof(id))] public static partial int M(Id id); private static int MCore(Id id) => 1; }"),
                new("B.cs", "public record struct Id { public string One { get; set; } public string Two { get => \"\"; } }"),
            ],
        });
        var before = session.Written;

        session.Edit("B.cs", session.Project.Text("B.cs").Replace("=> \"\"", "=> field", StringComparison.Ordinal));

        Assert.NotEqual(before, session.WrittenAnew);
        Assert.Equal(session.WrittenAnew, session.Written);
    }

    [Fact]
    public void A_name_that_is_written_with_an_escape_is_seen_too()
    {
        var project = World.Project;
        var session = new Session(project with
        {
            Files = project.Files.SetItem(0, project.Files[0] with { Text = project.Text(World.Service).Replace("Numbers.", "Num\\u0062ers.", StringComparison.Ordinal) }),
        });

        Replace(session, World.Model, "\"10/m\"", "\"11/m\"");

        Assert.Contains(session.Written.Values, text => text.Contains("\"11/m\"", StringComparison.Ordinal));
        Assert.Equal(session.WrittenAnew, session.Written);
    }

    private static void Replace(Session session, string path, string from, string to)
    {
        var text = session.Project.Text(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        session.Edit(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
