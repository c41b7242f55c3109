using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>
/// Reports implementations of limited interfaces that are registered without the decorator (SRL030), and registrations of
/// a decorator that does not exist (SRL013).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BareRegistrationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.BareImplementation, Descriptors.CannotBeLimited];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (!IsRegistration(method))
        {
            return;
        }

        if (DecoratedServices.IsDecoration(method.Name))
        {
            CheckDecorator(context, method);
            return;
        }

        var types = Types(call).Take(2).ToList();
        var (service, implementation) = types.Count == 2 ? (types[0], types[1]) : (null, types.FirstOrDefault());
        if (implementation is not null
            && (service is INamedTypeSymbol face ? Limits(face, implementation) : BareImplementation.LimitedBy(implementation)) is { } limits
            && !DecoratedServices.Of(context.Compilation, context.CancellationToken).Wraps(service, implementation, call.Syntax))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BareImplementation, call.Syntax.GetLocation(), implementation.Name, BareImplementation.Advice(limits)));
        }
    }

    /// <summary>What of a service's limits the bare implementation would miss.</summary>
    private static INamedTypeSymbol? Limits(INamedTypeSymbol service, ITypeSymbol implementation) => service.TypeKind switch
    {
        TypeKind.Interface when !BareImplementation.IsDecorator(implementation) =>
            DecoratorSite.Closure(service).FirstOrDefault(face => DecoratorSite.IsAnnotated(face.OriginalDefinition)),
        TypeKind.Interface => null,
        _ => BareImplementation.LimitedBy(implementation),
    };

    private static void CheckDecorator(OperationAnalysisContext context, IMethodSymbol method)
    {
        if (method.TypeArguments.Length == 2
            && method.TypeArguments[0] is INamedTypeSymbol { TypeKind: TypeKind.Interface or TypeKind.Class } service
            && !DecoratorSite.IsAnnotated(service.OriginalDefinition))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.CannotBeLimited,
                context.Operation.Syntax.GetLocation(),
                service.Name,
                "it has no decorator; put [RateLimited] on the interface itself or on its methods"));
        }
    }

    private static bool IsRegistration(IMethodSymbol method) =>
        method.ContainingType.Is("Microsoft.Extensions.DependencyInjection", "ServiceDescriptor")
        || (method.IsExtensionMethod && IsServices((method.ReducedFrom ?? method).Parameters[0].Type));

    private static bool IsServices(ITypeSymbol type) => type.Is("Microsoft.Extensions.DependencyInjection", "IServiceCollection");

    /// <summary>The types that a call names: as type arguments, or by <c>typeof</c>. A factory says itself what it makes.</summary>
    private static IEnumerable<ITypeSymbol> Types(IInvocationOperation call)
    {
        if (call.TargetMethod.IsGenericMethod)
        {
            return call.TargetMethod.TypeArguments;
        }

        return call.Arguments.Select(argument => argument.Value).OfType<ITypeOfOperation>().Select(type => type.TypeOperand);
    }
}
