using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Works out what the attributes of an interface's method mean, its own and those of the interfaces around it.</summary>
internal static class InterfaceMethodBinder
{
    /// <param name="face">The decorated interface.</param>
    /// <param name="method">The method, its own or inherited.</param>
    /// <param name="annotated">The symbols whose attributes apply to it: the method, interfaces that have it.</param>
    /// <param name="compilation">The compilation that the decorator becomes part of.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MethodBinding Bind(INamedTypeSymbol face, IMethodSymbol method, IReadOnlyList<ISymbol> annotated, Compilation compilation, CancellationToken cancellationToken)
    {
        var own = Context(method.ContainingType);
        Check(own, face);
        var limiter = LimiterBinder.Bind(own);
        var problems = own.Problems.ToBuilder();
        var policies = ImmutableArray.CreateBuilder<PolicyBinding>();
        foreach (var symbol in annotated)
        {
            var context = Context(symbol as INamedTypeSymbol ?? method.ContainingType);
            var before = policies.Count(policy => string.IsNullOrEmpty(policy.Annotation.Name));
            policies.AddRange(PolicyBinder.Bind(context, symbol, (_, number) => DefaultName(method, symbol, number, before)));
            problems.AddRange(context.Problems);
        }

        var names = Context(method.ContainingType);
        NameRules.Check(names, policies.ToImmutable());
        problems.AddRange(names.Problems);
        var isWeb = compilation.HasWebPackage();
        return new MethodBinding(method, AnnotationRole.InterfaceMember, own.Return, limiter, null, policies.ToImmutable(), isWeb ? RequestInReach.Of(own) : null, isWeb, problems.ToImmutable());

        BindingContext Context(INamedTypeSymbol owner) => new(method, AnnotationRole.InterfaceMember, compilation, cancellationToken, owner);
    }

    private static void Check(BindingContext context, INamedTypeSymbol face)
    {
        if ((InterfaceRules.ReasonAgainst(context.Method, context.Compilation) ?? InterfaceRules.ReasonAgainst(face, context.Compilation)) is { } reason)
        {
            context.Report(ProblemId.CannotBeLimited, context.Location, context.Method.Name, reason);
            return;
        }

        foreach (var type in InterfaceRules.TypesNotPartial(face, context.CancellationToken))
        {
            context.Report(ProblemId.TypeNotPartial, context.Location, type.Name, "a type that contains a limited interface must be partial", ProblemProperty.Name, type.Name);
        }
    }

    /// <summary>
    /// An attribute of the method or of its interface is named after the method; one of an interface that inherits the
    /// method after both, since its numbers are others.
    /// </summary>
    private static string DefaultName(IMethodSymbol method, ISymbol annotated, int number, int before)
    {
        var isOwn = annotated is not INamedTypeSymbol face || SymbolEqualityComparer.Default.Equals(face.OriginalDefinition, method.ContainingType.OriginalDefinition);
        return isOwn
            ? PolicyName.Default(method.OriginalDefinition, before + number)
            : PolicyName.Of((INamedTypeSymbol)annotated.OriginalDefinition) + ":" + PolicyName.Default(method.OriginalDefinition, number);
    }
}
