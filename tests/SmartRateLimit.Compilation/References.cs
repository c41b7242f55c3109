using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Compiling;

/// <summary>The assemblies that the test process itself runs on, as metadata.</summary>
public static class References
{
    private static readonly string[] Platform =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>The base class library.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } = Load(InFolderOf(typeof(object)));

    /// <summary>The base class library, the product and what its public surface mentions.</summary>
    public static ImmutableArray<MetadataReference> SmartRateLimit { get; } =
        Framework.AddRange(Load(path => IsNamed(path, "SmartRateLimit") || StartsWith(path, "Microsoft.Extensions.")));

    /// <summary>ASP.NET Core as it is installed next to the running framework.</summary>
    public static ImmutableArray<MetadataReference> AspNetCore { get; } =
        Load(path => StartsWith(path, "Microsoft.AspNetCore.") || StartsWith(path, "Microsoft.Net.Http."));

    /// <summary>ASP.NET Core and the product's package for it.</summary>
    public static ImmutableArray<MetadataReference> Web { get; } = AspNetCore.AddRange(Load(path => IsNamed(path, "SmartRateLimit.AspNetCore")));

    private static ImmutableArray<MetadataReference> Load(Func<string, bool> wanted) =>
        [.. Platform.Where(wanted).Select(path => MetadataReference.CreateFromFile(path))];

    private static Func<string, bool> InFolderOf(Type type)
    {
        var folder = Path.GetDirectoryName(type.Assembly.Location);
        return path => Path.GetDirectoryName(path) == folder;
    }

    private static bool IsNamed(string path, string name) => Path.GetFileNameWithoutExtension(path) == name;

    private static bool StartsWith(string path, string prefix) =>
        Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal);
}
