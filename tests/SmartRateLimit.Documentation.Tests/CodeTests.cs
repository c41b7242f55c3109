using SmartRateLimit.Documentation.Tests.Blocks;

namespace SmartRateLimit.Documentation.Tests;

/// <summary>The code that readers are shown is compiled, with the generator and every analyzer.</summary>
public sealed class CodeTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages.Where(page => Blocks(page).Count > 0)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_block_of_CSharp_compiles(string page)
    {
        var blocks = Blocks(page);
        var problems = new List<string>();
        for (var i = 0; i < blocks.Count; i++)
        {
            problems.AddRange(await CompiledBlock.ProblemsAsync(blocks[i], [.. blocks.Take(i)], TestContext.Current.CancellationToken));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    // Pages of diagnostics have tests of their own, since their bad examples must not compile. So has what the generator writes.
    private static IReadOnlyList<CodeBlock> Blocks(string page) =>
    [
        .. CodeBlock.In(page).Where(block => block.Language == "csharp"
            && !page.StartsWith("docs/diagnostics/", StringComparison.Ordinal)
            && block.Before != "The generator writes:"
            && !block.Before.StartsWith("<!-- generated", StringComparison.Ordinal)),
    ];
}
