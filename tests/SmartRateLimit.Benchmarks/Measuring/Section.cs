namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Figures that belong together.</summary>
/// <param name="Name">The name by which the command line picks it.</param>
/// <param name="Title">The heading of its table.</param>
/// <param name="RunAsync">Measures, and adds what it finds to the sheet.</param>
internal sealed record Section(string Name, string Title, Func<Sheet, Task> RunAsync);
