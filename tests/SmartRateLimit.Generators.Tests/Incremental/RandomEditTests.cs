using SmartRateLimit.Compiling;
using SmartRateLimit.Generators.Tests.Torture;

namespace SmartRateLimit.Generators.Tests.Incremental;

/// <summary>After any edits the generator that remembers writes, byte for byte, what one writes that has seen nothing.</summary>
public sealed class RandomEditTests
{
    private const int Edits = 25;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Edits_of_files_that_see_each_other(int seed) => Compare(World.Project, new Random(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Edits_of_unusual_shapes(int seed)
    {
        var random = new Random(seed);
        foreach (var shape in TortureTests.Shapes.Where((_, index) => index % 12 == seed))
        {
            Compare(CSharpProject.Of([.. shape.Texts]), random, 5);
        }
    }

    private static void Compare(CSharpProject project, Random random, int edits = Edits)
    {
        var session = new Session(project);
        for (var i = 0; i < edits; i++)
        {
            var file = session.Project.Files[random.Next(session.Project.Files.Length)];
            session.Edit(file.Path, random.Next(3) switch
            {
                0 => project.Text(file.Path),
                1 => Damaged.Text(file.Text, random),
                _ => WithWordOf(file.Text, session.Project.Files[random.Next(session.Project.Files.Length)].Text, random),
            });
            Assert.Equal(session.WrittenAnew, session.Written);
        }
    }

    /// <summary>Puts a word of one text in the place of a word of another: a program that is nearly right.</summary>
    private static string WithWordOf(string text, string other, Random random)
    {
        var words = Words(text);
        var others = Words(other);
        if (words.Count == 0 || others.Count == 0)
        {
            return text;
        }

        var (start, length) = words[random.Next(words.Count)];
        var (from, count) = others[random.Next(others.Count)];
        return text.Remove(start, length).Insert(start, other.Substring(from, count));
    }

    private static List<(int Start, int Length)> Words(string text) =>
        [.. System.Text.RegularExpressions.Regex.Matches(text, @"\w+").Select(word => (word.Index, word.Length))];
}
