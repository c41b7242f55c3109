using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Tests;

/// <summary>What people type on the way to a program: cut off, doubled, swapped. Neither generator nor binding may throw.</summary>
public sealed class FuzzTests
{
    private const int Mutations = 30;

    public static TheoryData<string> Names => [.. Case.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_text_never_makes_the_generator_throw(string name)
    {
        var random = new Random(name.Length * 7919);
        var project = Case.Project(name);
        for (var i = 0; i < Mutations; i++)
        {
            var file = project.Files[^1];
            var damaged = project with { Files = project.Files.SetItem(project.Files.Length - 1, file with { Text = Damage(file.Text, random) }) };
            var run = Generated.From(damaged);
            Assert.True(run.Result.Exception is null, damaged.Files[^1].Text + run.Result.Exception);
            BindEverything(run.Compilation);
        }
    }

    private static void BindEverything(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
            {
                if (model.GetDeclaredSymbol(node, TestContext.Current.CancellationToken) is { } method)
                {
                    _ = MethodBinder.Bind(method, compilation, TestContext.Current.CancellationToken);
                }
            }
        }
    }

    private static string Damage(string text, Random random)
    {
        var start = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 40), text.Length - start);
        var other = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text[..start],
            1 => text.Remove(start, length),
            2 => text.Insert(other, text.Substring(start, length)),
            _ => text.Remove(start, 1).Insert(start, "{}()<>\"',;|:\0"[random.Next(13)].ToString()),
        };
    }
}
