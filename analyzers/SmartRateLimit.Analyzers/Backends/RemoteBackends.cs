using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Finds where a compilation sets up a backend of another package than the core, which has only those in memory.</summary>
internal static class RemoteBackends
{
    private const string Core = "SmartRateLimit";

    private static readonly ConditionalWeakTable<Compilation, string> Known = new();

    /// <returns>What sets the backend up, such as <c>UseRedis</c>; empty when nothing does.</returns>
    public static string Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(compilation, out var found))
        {
            found = Find(compilation, cancellationToken);
            found = Known.GetValue(compilation, _ => found);
        }

        return found;
    }

    private static string Find(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!compilation.SourceModule.ReferencedAssemblySymbols.Any(IsDriver))
        {
            return string.Empty;
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                var isCandidate = node is BaseObjectCreationExpressionSyntax
                    || (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } }
                        && (name.StartsWith("Use", StringComparison.Ordinal) || name.StartsWith("Add", StringComparison.Ordinal)));
                if (isCandidate
                    && (model ??= compilation.GetSemanticModel(tree)).GetSymbolInfo(node, cancellationToken).Symbol is IMethodSymbol method
                    && IsDriver(method.ContainingAssembly)
                    && SetsUpBackend(method))
                {
                    return method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
                }
            }
        }

        return string.Empty;
    }

    /// <summary>Whether an assembly may hold a backend: it knows the core and is not one of the packages for hosts.</summary>
    private static bool IsDriver(IAssemblySymbol assembly) =>
        assembly.Name != Core
        && assembly.Name is not ("SmartRateLimit.AspNetCore" or "SmartRateLimit.Http")
        && assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == Core));

    private static bool SetsUpBackend(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor
        ? method.ContainingType.AllInterfaces.Any(face => face.Is(Core, "IRateLimitBackend"))
        : method.IsExtensionMethod
            && (method.ReducedFrom ?? method).Parameters[0].Type is var options
            && (options.Is(Core, "SmartRateLimitOptions") || options.Is(Core, "MultiBackendBuilder"));
}
