namespace SmartRateLimit.Build.Tests;

/// <summary>A project of a user's in a folder of its own, with our assemblies where the package puts them.</summary>
internal sealed class UserProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smart rate limit ");

    public UserProject(params (string File, string Text)[] sources)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "User.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Beside("SmartRateLimit.dll")}" />
                <Analyzer Include="{Beside("SmartRateLimit.Generators.dll")}" />
                <Analyzer Include="{Beside("SmartRateLimit.Analyzers.dll")}" />
                <Analyzer Include="{Beside("SmartRateLimit.CodeFixes.dll")}" />
              </ItemGroup>
            </Project>
            """);
        foreach (var (file, text) in sources)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, file), text);
        }
    }

    public Task<(int ExitCode, string Output)> Build() => Tool.Run(_folder.FullName, string.Empty, "build", "--nologo");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
