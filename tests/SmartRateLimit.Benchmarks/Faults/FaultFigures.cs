namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>The figures of each fault, for a quiet machine; what must hold everywhere are the tests of Redis.</summary>
internal static class FaultFigures
{
    /// <returns>How many figures miss what is required.</returns>
    public static async Task<int> RunAsync(TextWriter output)
    {
        var table = new FaultTable(output);
        table.Begin();
        await OutageFigures.RunAsync(table);
        await ResetFigures.RunAsync(table);
        await RefusalFigures.RunAsync(table);
        await EdgeFigures.RunAsync(table);
        await MultiFigures.RunAsync(table);
        await FailoverFigures.RunAsync(table);
        await LoadFigures.RunAsync(table);
        return table.Missed;
    }
}
