using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>
/// Works out what the attributes of a method mean. The generator writes a method exactly when there is no error among
/// the problems, and the analyzers report exactly these problems: so whatever is annotated is limited or is an error.
/// </summary>
internal static class MethodBinder
{
    public static MethodBinding Bind(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        method = method.PartialDefinitionPart ?? method;
        var role = RoleBinder.RoleOf(method, compilation, cancellationToken);
        if (role == AnnotationRole.InterfaceMember)
        {
            return InterfaceMethodBinder.Bind(method.ContainingType, method, [method], compilation, cancellationToken);
        }

        var context = new BindingContext(method, role, compilation, cancellationToken);
        RoleBinder.Check(context);

        // A part that is written by hand is where the body will come from.
        var core = role == AnnotationRole.PartialMethod && !RoleBinder.IsWrittenByHand(method) ? CoreBinder.Bind(context) : null;
        var limiter = role == AnnotationRole.PartialMethod ? LimiterBinder.Bind(context) : null;
        var policies = PolicyBinder.BindAll(context);
        var isWeb = role == AnnotationRole.PartialMethod && compilation.HasWebPackage();
        return new MethodBinding(method, role, context.Return, limiter, core, policies, isWeb ? RequestInReach.Of(context) : null, isWeb, context.Problems);
    }
}
