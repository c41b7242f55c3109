using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>Binds the annotated nodes of one file.</summary>
internal sealed class NodeBinder(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly Dictionary<INamedTypeSymbol, LimitedTypeBuilder> _limited = new(SymbolEqualityComparer.Default);
    private readonly List<LimitedTypeBuilder> _types = [];
    private readonly List<RefusedMethod> _refused = [];
    private readonly List<DecoratorModel> _decorators = [];
    private readonly List<EndpointFunction> _functions = [];

    public BoundFile ToFile() => new(new(_types.Select(type => type.Build())), new(_refused), new(_decorators), new(_functions), default);

    /// <returns>Whether declarations alone say what the node asks for.</returns>
    public bool TryBind(SyntaxNode node)
    {
        if (Symbol(node) is not { } symbol)
        {
            return true;
        }

        var isPart = node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } method && method.Modifiers.Any(SyntaxKind.PartialKeyword);
        if (isPart)
        {
            BindMethod((IMethodSymbol)symbol, (MethodDeclarationSyntax)node);
        }

        if (node is InterfaceDeclarationSyntax or MethodDeclarationSyntax { Parent: InterfaceDeclarationSyntax })
        {
            BindDecorator(node, symbol);
            return true;
        }

        return isPart || TryBindEndpoint(symbol);
    }

    /// <summary>The functions that an endpoint names: one that is passed to a call which maps it.</summary>
    public IEnumerable<EndpointFunction> MappedFunctions(SyntaxNode node) =>
        Symbol(node) is IMethodSymbol method ? Functions(method) : [];

    /// <summary>The symbol that a node declares, if an attribute of ours is written on this very node.</summary>
    private ISymbol? Symbol(SyntaxNode node)
    {
        var model = compilation.GetSemanticModel(node.SyntaxTree);
        var symbol = node is LambdaExpressionSyntax
            ? model.GetSymbolInfo(node, cancellationToken).Symbol
            : model.GetDeclaredSymbol(node, cancellationToken);
        return symbol?.GetAttributes().Any(attribute => KnownTypes.IsRateLimited(attribute) && IsOn(node, attribute)) == true ? symbol : null;
    }

    private static bool IsOn(SyntaxNode node, AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } written && written.SyntaxTree == node.SyntaxTree && node.Span.Contains(written.Span);

    private void BindMethod(IMethodSymbol method, MethodDeclarationSyntax declaration)
    {
        var binding = MethodBinder.Bind(method, compilation, cancellationToken);
        if (binding.Role != AnnotationRole.PartialMethod)
        {
            return;
        }

        if (!binding.HasErrors)
        {
            TypeOf(method).Add(binding, declaration);
        }
        else if (RefusedMethodBuilder.Build(binding, declaration, compilation, cancellationToken) is { } refused)
        {
            _refused.Add(refused);
        }
    }

    private LimitedTypeBuilder TypeOf(IMethodSymbol method)
    {
        if (!_limited.TryGetValue(method.ContainingType, out var type))
        {
            type = new LimitedTypeBuilder(method.ContainingType, compilation);
            _limited.Add(method.ContainingType, type);
            _types.Add(type);
        }

        return type;
    }

    /// <summary>An interface may carry many attributes, in several parts; the first of them stands for it.</summary>
    private void BindDecorator(SyntaxNode node, ISymbol symbol)
    {
        var face = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        var first = face.GetMembers().OfType<IMethodSymbol>().Prepend<ISymbol>(face)
            .SelectMany(annotated => annotated.GetAttributes())
            .FirstOrDefault(KnownTypes.IsRateLimited);
        var stands = first is not null && IsOn(node, first) && (symbol is not INamedTypeSymbol || face.GetAttributes().Contains(first));
        if (stands && DecoratorBuilder.Build(face, compilation, cancellationToken) is { } decorator)
        {
            _decorators.Add(decorator);
        }
    }

    private bool TryBindEndpoint(ISymbol symbol)
    {
        switch (symbol)
        {
            case INamedTypeSymbol type when EndpointPredicate.IsEndpointType(type, compilation):
                _functions.AddRange(Functions(TypeBinder.BindEndpoints(type, compilation, cancellationToken).Policies));
                return true;
            case IMethodSymbol { MethodKind: MethodKind.Ordinary } method when EndpointPredicate.IsAction(method, compilation):
                _functions.AddRange(Functions(method));
                return true;
            default:
                return symbol is not IMethodSymbol;
        }
    }

    private IEnumerable<EndpointFunction> Functions(IMethodSymbol method) =>
        MethodBinder.Bind(method, compilation, cancellationToken) is { Role: AnnotationRole.Endpoint, Policies: var policies } ? Functions(policies) : [];

    private IEnumerable<EndpointFunction> Functions(IEnumerable<PolicyBinding> policies) =>
        policies.SelectMany(policy => EndpointFunctionBuilder.Build(policy, compilation));
}
