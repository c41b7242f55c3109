using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Binding;

/// <summary>
/// Chooses the limiter: a parameter, an own field or property, an accessible base member, a primary-constructor
/// parameter, else the shared one. SRL014, SRL015.
/// </summary>
internal static class LimiterBinder
{
    public static LimiterBinding? Bind(BindingContext context)
    {
        var method = context.Method;
        var isDecorated = context.Role == AnnotationRole.InterfaceMember;
        foreach (var level in isDecorated ? Levels(context).Take(1) : Levels(context))
        {
            var sources = level.ToList();
            if (sources.Count > 1)
            {
                context.Report(ProblemId.AmbiguousLimiter, context.Location, method.Name, "several limiters are in reach: " + string.Join(", ", sources.Select(source => source.Name)));
                return null;
            }

            if (sources.Count == 1)
            {
                var source = sources[0];
                return IsHidden(source, method) ? ReportHidden(context, source) : new LimiterBinding(source);
            }
        }

        // A decorator is given its limiter when it is made.
        if (isDecorated)
        {
            return new LimiterBinding(null);
        }

        if (UnreachableBaseMember(context) is { } unreachable)
        {
            return ReportHidden(context, unreachable);
        }

        context.Report(ProblemId.SharedLimiter, context.Location, method.Name, "no limiter is in reach, so SmartRateLimiter.Shared is used");
        return new LimiterBinding(null);
    }

    private static IEnumerable<IEnumerable<ISymbol>> Levels(BindingContext context)
    {
        var method = context.Method;
        var type = method.ContainingType;
        yield return method.Parameters.Where(parameter => parameter.RefKind != RefKind.Out && parameter.Type.IsLimiter());
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return Members(current).Where(member =>
                (member.IsStatic || !method.IsStatic) && context.Compilation.IsSymbolAccessibleWithin(member, type, type));
        }

        if (!method.IsStatic)
        {
            yield return PrimaryParameters(type, context.CancellationToken).Where(parameter => parameter.Type.IsLimiter());
        }
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(member => member switch
    {
        IFieldSymbol { IsImplicitlyDeclared: false } field => field.Type.IsLimiter(),
        IPropertySymbol { IsIndexer: false, GetMethod: not null, ExplicitInterfaceImplementations.IsEmpty: true } property => property.Type.IsLimiter(),
        _ => false,
    });

    /// <summary>A record's positional parameters are properties, and are found as such.</summary>
    private static IEnumerable<IParameterSymbol> PrimaryParameters(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.IsRecord ? [] : type.InstanceConstructors
            .Where(constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax))
            .SelectMany(constructor => constructor.Parameters);

    /// <summary>Only a primary-constructor parameter can be out of reach of its own type: it has no qualified name.</summary>
    private static bool IsHidden(ISymbol source, IMethodSymbol method) =>
        source is IParameterSymbol parameter
        && !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method)
        && (method.Parameters.Any(other => other.Name == parameter.Name) || !method.ContainingType.GetMembers(parameter.Name).IsEmpty);

    private static ISymbol? UnreachableBaseMember(BindingContext context) =>
        context.Method.IsStatic ? null : BasesOf(context.Method.ContainingType).SelectMany(Members).FirstOrDefault();

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static LimiterBinding? ReportHidden(BindingContext context, ISymbol source)
    {
        context.Report(ProblemId.AmbiguousLimiter, context.Location, context.Method.Name, "the limiter '" + source.Name + "' of " + source.ContainingType.Name + " is hidden from here; give it another name, or make it protected");
        return null;
    }
}
