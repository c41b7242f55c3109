namespace SmartRateLimit.Generators.Tests;

/// <summary>The folder of this project's sources, found from where the tests run.</summary>
internal static class TestFolder
{
    private static readonly string Root = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SmartRateLimit.Generators.Tests.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The sources of the tests are not above " + AppContext.BaseDirectory);
    }
}
