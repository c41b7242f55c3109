using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SmartRateLimit.Analyzers;

/// <summary>
/// Reports implementations of limited interfaces that are constructed without the decorator: SRL030. Only those of their
/// own project: the tests of other projects mean to construct them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BareConstructionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.BareImplementation];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.ObjectCreation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is { } type
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, context.Compilation.Assembly)
            && BareImplementation.LimitedBy(type) is { } face
            && !IsInside(context.ContainingSymbol, type)
            && !IsWrapped(creation)
            && !IsWrappedLater(context, creation, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BareImplementation, creation.Syntax.GetLocation(), type.Name, BareImplementation.Advice(face)));
        }
    }

    private static bool IsInside(ISymbol member, ITypeSymbol type)
    {
        for (var owner = member.ContainingType; owner is not null; owner = owner.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, type.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the new object goes straight into a decorator, or into a local variable that does.</summary>
    private static bool IsWrapped(IOperation creation)
    {
        var value = Unconverted(creation);
        return value.Parent switch
        {
            IArgumentOperation { Parent: IObjectCreationOperation { Type: { } owner } } => BareImplementation.IsDecorator(owner),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => Root(creation).Descendants()
                .OfType<ILocalReferenceOperation>()
                .Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsWrapped(reference)),
            _ => false,
        };
    }

    /// <summary>Whether it is made by a factory whose registration <c>AddRateLimited</c> wraps.</summary>
    private static bool IsWrappedLater(OperationAnalysisContext context, IOperation creation, ITypeSymbol type) =>
        creation.Syntax.AncestorsAndSelf().OfType<ArgumentSyntax>().Any(argument => argument.Parent?.Parent is InvocationExpressionSyntax)
        && DecoratedServices.Of(context.Compilation, context.CancellationToken).Wraps(null, type, creation.Syntax);

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation.Parent is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation.Parent;
        }

        return operation;
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
