using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;
using SmartRateLimit.Generators.Emission;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators;

/// <summary>
/// Writes the implementing part of every <c>[RateLimited]</c> partial method: one that limits, or, where an attribute has
/// an error that the analyzers report, one that throws.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RateLimitedGenerator : IIncrementalGenerator
{
    /// <summary>The tracking name of the step that binds each annotated method to a model.</summary>
    public const string BindingStep = "Binding";

    /// <summary>The tracking name of the step that hands on the methods to limit.</summary>
    public const string ModelStep = "Model";

    /// <summary>The tracking name of the step that hands on the methods to refuse.</summary>
    public const string RefusalStep = "Refusal";

    /// <summary>The tracking name of the steps that find the functions that endpoints name.</summary>
    public const string EndpointStep = "Endpoint";

    /// <summary>The tracking name of the step that asks whether the compilation is a web application.</summary>
    public const string WatchStep = "Watch";

    /// <summary>The tracking name of the step that describes the decorator of each annotated interface.</summary>
    public const string DecoratorStep = "Decorator";

    /// <summary>The tracking name of the step that finds the type arguments with which generic decorators are registered.</summary>
    public const string ClosedDecoratorStep = "ClosedDecorator";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.Attribute, IsPartialMethod, Bind)
            .WithTrackingName(BindingStep);
        var limited = methods.Where(method => method.Limited is not null).Select((method, _) => method.Limited!).WithTrackingName(ModelStep);
        var refused = methods.Where(method => method.Refused is not null).Select((method, _) => method.Refused!).WithTrackingName(RefusalStep);
        context.RegisterSourceOutput(limited, (output, method) => Add(output, method.HintName, MethodFile.Write(method)));
        context.RegisterSourceOutput(refused, (output, method) => Add(output, method.HintName, MethodFile.Write(method)));
        RegisterDecorators(context);
        RegisterEndpoints(context);
        RegisterWatch(context);
    }

    private static void RegisterDecorators(IncrementalGeneratorInitializationContext context)
    {
        var decorators = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.Attribute, IsOnInterface, BindDecorator)
            .WithTrackingName(DecoratorStep)
            .Where(decorator => decorator is not null);
        context.RegisterSourceOutput(decorators, (output, decorator) => Add(output, decorator!.HintName, DecoratorFile.Write(decorator)));

        var closed = context.SyntaxProvider
            .CreateSyntaxProvider((node, _) => ClosedDecorator.IsCandidate(node), (found, token) => ClosedDecorator.Of((GenericNameSyntax)found.Node, found.SemanticModel, token))
            .Where(decorator => decorator is not null)
            .Collect()
            .Select((found, _) => new EquatableArray<ClosedDecorator>(found.Distinct().OrderBy(decorator => decorator!.Interface, StringComparer.Ordinal)!))
            .WithTrackingName(ClosedDecoratorStep);
        context.RegisterSourceOutput(closed, (output, all) =>
        {
            if (all.Count > 0)
            {
                Add(output, ClosedDecoratorsFile.HintName, ClosedDecoratorsFile.Write(all));
            }
        });
    }

    private static bool IsOnInterface(SyntaxNode node, CancellationToken cancellationToken) =>
        node is InterfaceDeclarationSyntax or MethodDeclarationSyntax { Parent: InterfaceDeclarationSyntax };

    /// <summary>An interface may carry many attributes, in several parts; the first of them stands for it.</summary>
    private static DecoratorModel? BindDecorator(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var face = context.TargetSymbol as INamedTypeSymbol ?? context.TargetSymbol.ContainingType;
        var first = face.GetMembers().OfType<IMethodSymbol>().Prepend<ISymbol>(face)
            .SelectMany(symbol => symbol.GetAttributes())
            .FirstOrDefault(KnownTypes.IsRateLimited)?.ApplicationSyntaxReference;
        return first is not null && context.Attributes.Any(attribute => attribute.ApplicationSyntaxReference is { } here && here.SyntaxTree == first.SyntaxTree && here.Span == first.Span)
            ? DecoratorBuilder.Build(face, context.SemanticModel.Compilation, cancellationToken)
            : null;
    }

    private static void RegisterEndpoints(IncrementalGeneratorInitializationContext context)
    {
        var functions = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.Attribute, IsEndpoint, BindEndpoint)
            .WithTrackingName(EndpointStep)
            .Where(found => found.Count > 0)
            .Collect()
            .Select((found, _) => new EquatableArray<EndpointFunction>(
                found.SelectMany(of => of).Distinct().OrderBy(function => function.Order, StringComparer.Ordinal)));
        context.RegisterSourceOutput(functions, (output, all) =>
        {
            if (all.Count > 0)
            {
                Add(output, FunctionsFile.HintName, FunctionsFile.Write(all));
            }
        });
    }

    private static void RegisterWatch(IncrementalGeneratorInitializationContext context)
    {
        var isNeeded = context.CompilationProvider.Select((compilation, _) => WatchFile.IsNeeded(compilation)).WithTrackingName(WatchStep);
        context.RegisterSourceOutput(isNeeded, (output, isWritten) =>
        {
            if (isWritten)
            {
                Add(output, WatchFile.HintName, WatchFile.Write());
            }
        });
    }

    private static bool IsEndpoint(SyntaxNode node, CancellationToken cancellationToken) =>
        !IsPartialMethod(node, cancellationToken) && !IsOnInterface(node, cancellationToken);

    private static EquatableArray<EndpointFunction> BindEndpoint(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var compilation = context.SemanticModel.Compilation;
        var policies = context.TargetSymbol switch
        {
            INamedTypeSymbol type when EndpointPredicate.IsEndpointType(type, compilation) => TypeBinder.BindEndpoints(type, compilation, cancellationToken).Policies,
            IMethodSymbol method when MethodBinder.Bind(method, compilation, cancellationToken) is { Role: AnnotationRole.Endpoint, Policies: var bound } => bound,
            _ => [],
        };
        return new(policies.SelectMany(policy => EndpointFunctionBuilder.Build(policy, compilation)));
    }

    private static void Add(SourceProductionContext output, string hintName, string text) =>
        output.AddSource(hintName, SourceText.From(text, Encoding.UTF8));

    private static bool IsPartialMethod(SyntaxNode node, CancellationToken cancellationToken) =>
        node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static BoundMethod Bind(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var binding = MethodBinder.Bind((IMethodSymbol)context.TargetSymbol, context.SemanticModel.Compilation, cancellationToken);
        var declaration = (MethodDeclarationSyntax)context.TargetNode;
        return binding.Role != AnnotationRole.PartialMethod ? default
            : binding.HasErrors ? new BoundMethod(null, RefusedMethodBuilder.Build(binding, declaration, cancellationToken))
            : new BoundMethod(ModelBuilder.Build(binding, declaration), null);
    }

    /// <summary>What to write for a method: a part that limits, a part that throws, or nothing.</summary>
    private readonly record struct BoundMethod(LimitedMethod? Limited, RefusedMethod? Refused);
}
