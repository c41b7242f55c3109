using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Analyzers;

/// <summary>The calls of <c>AddRateLimited</c> in a compilation. Collected once.</summary>
internal sealed class DecoratedServices
{
    private static readonly ConditionalWeakTable<Compilation, DecoratedServices> Known = new();

    private readonly List<(ISymbol Service, ISymbol Implementation, SyntaxNode Call)> _calls = [];

    private DecoratedServices(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var name in tree.GetRoot(cancellationToken).DescendantNodes().OfType<GenericNameSyntax>())
            {
                if (IsDecoration(name.Identifier.ValueText) && name.TypeArgumentList.Arguments.Count == 2)
                {
                    model ??= compilation.GetSemanticModel(tree);
                    if (model.GetTypeInfo(name.TypeArgumentList.Arguments[0], cancellationToken).Type is { } service
                        && model.GetTypeInfo(name.TypeArgumentList.Arguments[1], cancellationToken).Type is { } implementation)
                    {
                        _calls.Add((service, implementation, name));
                    }
                }
            }
        }
    }

    public static DecoratedServices Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(compilation, out var services))
        {
            services = new DecoratedServices(compilation, cancellationToken);
            services = Known.GetValue(compilation, _ => services);
        }

        return services;
    }

    public static bool IsDecoration(string method) => method is "AddRateLimited" or "AddKeyedRateLimited";

    /// <summary>Whether what a registration adds is wrapped by a later call. Which of two methods runs first is anyone's guess, so only one body is ordered.</summary>
    /// <param name="service">The service; <see langword="null"/> for any.</param>
    /// <param name="implementation">The implementation.</param>
    /// <param name="registration">The registration.</param>
    public bool Wraps(ITypeSymbol? service, ITypeSymbol implementation, SyntaxNode registration) => _calls.Any(call =>
        (service is null || SymbolEqualityComparer.Default.Equals(call.Service, service))
        && SymbolEqualityComparer.Default.Equals(call.Implementation, implementation)
        && (Body(call.Call) != Body(registration) || call.Call.SpanStart > registration.SpanStart));

    private static SyntaxNode? Body(SyntaxNode node) =>
        node.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() ?? (SyntaxNode?)node.FirstAncestorOrSelf<CompilationUnitSyntax>();
}
