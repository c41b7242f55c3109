// dotnet run --project tests/SmartRateLimit.Pictures [folder]
// Draws how each algorithm decides the same calls into a folder, docs/pictures unless another is named.
using SmartRateLimit;
using SmartRateLimit.Pictures;

var folder = args.Length > 0 ? args[0] : Path.Combine("docs", "pictures");
if (!Directory.Exists(folder))
{
    await Console.Error.WriteLineAsync($"There is no folder {folder}; run this at the root of the repository, or name the folder to draw into.");
    return 1;
}

foreach (var algorithm in Enum.GetValues<RateLimitAlgorithm>())
{
    var file = Path.Combine(folder, Drawing.FileName(algorithm));
    await File.WriteAllTextAsync(file, await Drawing.OfAsync(algorithm));
    Console.WriteLine(file);
}

return 0;
