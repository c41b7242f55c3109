using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Compiling;

/// <summary>A compiled assembly, loaded beside the test and unloaded with it.</summary>
public sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context;

    private LoadedAssembly(AssemblyLoadContext context, Assembly assembly)
    {
        _context = context;
        Assembly = assembly;
    }

    public Assembly Assembly { get; }

    public static LoadedAssembly From(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join(Environment.NewLine, emitted.Diagnostics));
        image.Position = 0;

        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        return new LoadedAssembly(context, context.LoadFromStream(image));
    }

    public Type Type(string fullName) => Assembly.GetType(fullName, throwOnError: true)!;

    /// <summary>Calls a public static method and lets its own exception through.</summary>
    public object? Call(string typeName, string method, params object?[] arguments) =>
        Type(typeName).InvokeMember(
            method,
            BindingFlags.Public | BindingFlags.Static | BindingFlags.InvokeMethod | BindingFlags.DoNotWrapExceptions,
            binder: null,
            target: null,
            arguments,
            System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();
}
