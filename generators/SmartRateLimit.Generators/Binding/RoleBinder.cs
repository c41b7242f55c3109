using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Binding;

/// <summary>Decides what an annotated method is and whether its kind can be limited at all: SRL010, SRL012, SRL013.</summary>
internal static class RoleBinder
{
    public static AnnotationRole RoleOf(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        if (method is { IsPartialDefinition: true, MethodKind: MethodKind.Ordinary })
        {
            // Nobody can replace a static or sealed member of an interface, so its part is as good as a class's.
            return method is { ContainingType.TypeKind: TypeKind.Interface } and ({ IsAbstract: true } or { IsVirtual: true })
                ? AnnotationRole.InterfaceMember
                : AnnotationRole.PartialMethod;
        }

        // Before endpoints: what a call through an interface reaches does not carry the interface's attributes.
        if (method.MethodKind == MethodKind.Ordinary && method.ContainingType?.TypeKind == TypeKind.Interface)
        {
            return AnnotationRole.InterfaceMember;
        }

        if (EndpointPredicate.IsEndpoint(method, compilation, cancellationToken))
        {
            return AnnotationRole.Endpoint;
        }

        return ReasonAgainst(method, compilation) is null ? AnnotationRole.Plain : AnnotationRole.Unsupported;
    }

    public static void Check(BindingContext context)
    {
        var method = context.Method;
        if (context.Role == AnnotationRole.Endpoint)
        {
            return;
        }

        if (ReasonAgainst(method, context.Compilation) is { } reason)
        {
            context.Report(ProblemId.CannotBeLimited, context.Location, context.Subject, reason);
            return;
        }

        CheckPartial(context);
        if (context.Role == AnnotationRole.PartialMethod)
        {
            CheckContainingTypes(context);
        }
    }

    private static void CheckPartial(BindingContext context)
    {
        var method = context.Method;
        if (context.Role == AnnotationRole.Plain)
        {
            context.Report(ProblemId.NotPartial, context.Location, method.Name, "the method is neither partial nor an endpoint, so nobody would enforce its limit; make it partial and move its body to " + method.Name + "Core", ProblemProperty.Cause, ProblemProperty.CauseNotPartial);
        }
        else if (!HasAccessibility(method, context.CancellationToken))
        {
            context.Report(ProblemId.NotPartial, context.Location, method.Name, "a partial method without an accessibility modifier is erased when nobody implements it; write one, such as private", ProblemProperty.Cause, ProblemProperty.CauseAccessibility);
        }
        else if (IsWrittenByHand(method))
        {
            context.Report(ProblemId.NotPartial, context.Location, method.Name, "the implementing part is the generator's to write; move its body to " + method.Name + "Core", ProblemProperty.Cause, ProblemProperty.CauseImplemented);
        }
    }

    /// <summary>Whether the author wrote the part that is the generator's.</summary>
    public static bool IsWrittenByHand(IMethodSymbol method) => method.PartialImplementationPart is not null && !KnownTypes.IsGenerated(method);

    private static void CheckContainingTypes(BindingContext context)
    {
        foreach (var type in ContainingTypes(context.Method))
        {
            if (!IsPartial(type, context.CancellationToken))
            {
                context.Report(ProblemId.TypeNotPartial, context.Location, type.Name, "a type that contains a limited method must be partial", ProblemProperty.Name, type.Name);
            }
        }
    }

    /// <summary>Whether C# lets another file implement a partial method, whatever its attributes say.</summary>
    public static bool CanBeImplemented(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.PartialImplementationPart is null
        && HasAccessibility(method, cancellationToken)
        && ContainingTypes(method).All(type => IsPartial(type, cancellationToken) && !type.IsFileLocal);

    private static IEnumerable<INamedTypeSymbol> ContainingTypes(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static string? ReasonAgainst(IMethodSymbol method, Compilation compilation) => method switch
    {
        { MethodKind: MethodKind.LocalFunction } => "a local function that is no endpoint cannot be limited; make it a method",
        { MethodKind: MethodKind.AnonymousFunction } => "a lambda that is no endpoint cannot be limited; make it a method",
        { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "an explicit interface implementation cannot be partial; implement the interface by a public method",
        { MethodKind: not MethodKind.Ordinary } => "only ordinary methods can be limited, not constructors, finalizers, operators or accessors",
        { IsAbstract: true } => "an abstract method has no body to limit; annotate the methods that override it",
        { IsExtern: true } => "an extern method has no body to limit; wrap it",
        { IsAsync: true, ReturnsVoid: true } => "nobody can await an async void method to learn that it was rejected; return Task",
        { IsVararg: true } => "a method with __arglist cannot be limited; use params",
        _ when method.ContainingType is { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) } => "a member of an extension block cannot be partial; write an extension method with this",
        _ when ContainingTypes(method).Any(type => type.IsFileLocal) => "the generated part lies in another file and cannot reach a file-local type",
        _ => ReasonAgainstSignature(method, compilation),
    };

    /// <summary>Why no wrapper of a method can limit it, whoever writes the wrapper.</summary>
    public static string? ReasonAgainstSignature(IMethodSymbol method, Compilation compilation)
    {
        if (HasPointer(method.ReturnType) || method.Parameters.Any(parameter => HasPointer(parameter.Type)))
        {
            return "generated code has no pointers; use a span, or wrap the method";
        }

        if (AliasedAssemblies.AreNamedBy(method, compilation))
        {
            return AliasedAssemblies.Reason;
        }

        var @return = ReturnBinding.Of(method);
        if (@return.Shape == ReturnShape.ForeignAwaitable)
        {
            return "a rejection can be awaited from Task, ValueTask and IAsyncEnumerable only; return one of these";
        }

        if (@return.IsAwaitable && method.ReturnType is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return "nobody can await null; return the type without '?'";
        }

        if (@return.IsAwaitable && method is { IsStatic: false, ContainingType.IsRefLikeType: true })
        {
            return "a ref struct cannot be kept across the wait for a permit; make the method static or its type a struct";
        }

        return @return.IsAwaitable && method.Parameters.Any(parameter => parameter.RefKind != RefKind.None || MayBeRefLike(parameter.Type))
            ? "an awaitable method cannot take spans or by-reference parameters across the wait for a permit"
            : null;
    }

    private static bool MayBeRefLike(ITypeSymbol type) => type.IsRefLikeType || type is ITypeParameterSymbol { AllowsRefLikeType: true };

    public static bool HasPointer(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => HasPointer(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasPointer),
        _ => false,
    };

    private static bool HasAccessibility(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is MethodDeclarationSyntax declaration
            && declaration.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.ProtectedKeyword
                or SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword));

    /// <summary>Whether a type may have other parts; the class of top-level statements, which they declare too, always may.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        !type.IsImplicitClass && type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).All(declaration =>
            declaration is CompilationUnitSyntax || (declaration is BaseTypeDeclarationSyntax part && part.Modifiers.Any(SyntaxKind.PartialKeyword)));
}
