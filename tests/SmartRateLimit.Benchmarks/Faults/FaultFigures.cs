using System.Diagnostics.CodeAnalysis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>The figures of each fault, for a quiet machine; what must hold everywhere are the tests of Redis.</summary>
internal static class FaultFigures
{
    private static readonly Func<FaultTable, Task>[] Groups =
    [
        OutageFigures.RunAsync,
        ResetFigures.RunAsync,
        RefusalFigures.RunAsync,
        EdgeFigures.RunAsync,
        MultiFigures.RunAsync,
        FailoverFigures.RunAsync,
        LoadFigures.RunAsync,
    ];

    /// <param name="names">What the wanted groups' names begin with; all are wanted when there is none.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>How many figures miss what is required.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One fault that could not be made must not hide the figures of the others.")]
    public static async Task<int> RunAsync(IReadOnlyCollection<string> names, TextWriter output)
    {
        var table = new FaultTable(output);
        table.Begin();
        foreach (var group in Groups)
        {
            var name = group.Method.DeclaringType!.Name;
            if (names.Count > 0 && !names.Any(wanted => name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            try
            {
                await group(table);
            }
            catch (Exception exception)
            {
                table.Add(name, "figures", exception.Message.ReplaceLineEndings(" "), isMet: false);
            }
        }

        return table.Missed;
    }
}
