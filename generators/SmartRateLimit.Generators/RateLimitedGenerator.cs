using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;
using SmartRateLimit.Generators.Emission;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators;

/// <summary>Writes the implementing part of every <c>[RateLimited]</c> partial method whose attributes have no error.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RateLimitedGenerator : IIncrementalGenerator
{
    /// <summary>The tracking name of the step that binds each annotated method to a model.</summary>
    public const string BindingStep = "Binding";

    /// <summary>The tracking name of the step that leaves out methods with errors.</summary>
    public const string ModelStep = "Model";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.Attribute, IsPartialMethod, Bind)
            .WithTrackingName(BindingStep)
            .Where(method => method is not null)
            .Select((method, _) => method!)
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(methods, (output, method) =>
            output.AddSource(method.HintName, SourceText.From(MethodFile.Write(method), Encoding.UTF8)));
    }

    private static bool IsPartialMethod(SyntaxNode node, CancellationToken cancellationToken) =>
        node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static LimitedMethod? Bind(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var binding = MethodBinder.Bind((IMethodSymbol)context.TargetSymbol, context.SemanticModel.Compilation, cancellationToken);
        return binding.Role == AnnotationRole.PartialMethod && !binding.HasErrors
            ? ModelBuilder.Build(binding, (MethodDeclarationSyntax)context.TargetNode)
            : null;
    }
}
