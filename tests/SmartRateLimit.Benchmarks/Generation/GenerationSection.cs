using System.Globalization;
using SmartRateLimit.Benchmarks.Measuring;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Benchmarks.Generation;

/// <summary>What the generator costs a project of 1 000 limited methods in 200 files, in builds and while somebody types.</summary>
internal static class GenerationSection
{
    private const double ColdMilliseconds = 1_000;
    private const double EditMilliseconds = 20;

    public static Task RunAsync(Sheet sheet)
    {
        var (firstPlain, firstLimited) = (ColdBuild.Plain(), ColdBuild.Limited());
        var pairs = Enumerable.Range(0, sheet.Effort.Builds).Select(_ => (Plain: ColdBuild.Plain(), ByHand: ColdBuild.ByHand(), Alone: ColdBuild.GeneratorAlone(), Limited: ColdBuild.Limited())).ToArray();
        Add(sheet, "generator, 1,000 methods: added to a build", ColdMilliseconds, [.. pairs.Select(pair => pair.Limited - pair.Plain)]);
        Add(sheet, "limits written by hand, 1,000 methods: added to a build", ColdMilliseconds, [.. pairs.Select(pair => pair.ByHand - pair.Plain)]);
        Edits(sheet, "generator, 1,000 methods: after an edit of an unrelated file", LargeProject.Unrelated, "=> 1", "=> 2");
        Edits(sheet, "generator, 1,000 methods: after a new declaration in an unrelated file", LargeProject.Unrelated, "public static class Unrelated", "public delegate void Handler(); public static class Unrelated");
        Edits(sheet, "generator, 1,000 methods: after an edit of a limited method", LargeProject.File(7), "\"100/m\"", "\"100/m\", Burst = 1");
        sheet.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"A build without limits took {Spread.Of(pairs.Select(pair => pair.Plain)).Median:0} ms; where each method asks the limiter by hand, {Spread.Of(pairs.Select(pair => pair.ByHand)).Median:0} ms; with the generator {Spread.Of(pairs.Select(pair => pair.Limited)).Median:0} ms, of which the generator itself takes {Spread.Of(pairs.Select(pair => pair.Alone)).Median:0} ms and the compiler the rest. The first without and with it in this process, where the compiler itself is still being compiled, took {firstPlain:0} and {firstLimited:0} ms."));
        return Task.CompletedTask;
    }

    private static void Edits(Sheet sheet, string name, string file, string replaced, string by)
    {
        var editor = new Editor(LargeProject.Limited, file, replaced);
        for (var warming = 0; warming < 10; warming++)
        {
            _ = editor.Edit(by);
        }

        Add(sheet, name, EditMilliseconds, [.. Enumerable.Range(0, 4 * sheet.Effort.Pairs).Select(_ => editor.Edit(by))]);
    }

    /// <summary>Times have a limit here, not a rival, so "times better" is how often they fit into it.</summary>
    private static void Add(Sheet sheet, string name, double most, double[] milliseconds) => sheet.Add(new Figure(
        name,
        "the most wanted",
        string.Create(CultureInfo.InvariantCulture, $"{most:0} ms"),
        string.Create(CultureInfo.InvariantCulture, $"{Spread.Of(milliseconds).Median:0.0} ms"),
        Spread.Of(milliseconds.Select(time => most / Math.Max(time, 0.001))),
        Target: 1));
}
