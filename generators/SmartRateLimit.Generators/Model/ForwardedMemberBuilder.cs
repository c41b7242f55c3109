using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Writes down the members that a decorator passes on as they are.</summary>
/// <param name="wrapped">What the decorator wraps.</param>
internal sealed class ForwardedMemberBuilder(Wrapped wrapped)
{
    public ForwardedMember Method(IMethodSymbol method, bool isExplicit)
    {
        var call = (method.RefKind == RefKind.None ? string.Empty : "ref ") + wrapped.Member(method, method)
            + SignatureBuilder.TypeParameters(method.TypeParameters)
            + "(" + string.Join(", ", method.Parameters.Select(Expressions.Argument)) + ")";
        var isUnsafe = RoleBinder.HasPointer(method.ReturnType) || method.Parameters.Any(parameter => RoleBinder.HasPointer(parameter.Type));
        return new ForwardedMember(
            new(CopiedAttributes.Of(method).Concat(CopiedAttributes.OfReturn(method))),
            Modifiers(isExplicit, isUnsafe) + SignatureBuilder.ByReference(method.RefKind) + TypeText.Of(method.ReturnType) + " " + Name(method, isExplicit)
                + SignatureBuilder.TypeParameters(method.TypeParameters)
                + "(" + string.Join(", ", method.Parameters.Select(parameter => ParameterBuilder.Build(parameter, isExplicit).Declaration)) + ")",
            new(isExplicit ? ConstraintText.OfExplicit(method) : ConstraintText.OfHelper(method)),
            call,
            default);
    }

    public ForwardedMember Property(IPropertySymbol property, bool isExplicit)
    {
        var target = property.IsIndexer
            ? wrapped.As(property.ContainingType, property) + "[" + string.Join(", ", property.Parameters.Select(Expressions.Argument)) + "]"
            : wrapped.Member(property, property);
        var name = property.IsIndexer
            ? Prefix(property, isExplicit) + "this[" + string.Join(", ", property.Parameters.Select(parameter => ParameterBuilder.Build(parameter, isExplicit).Declaration)) + "]"
            : Name(property, isExplicit);
        return new ForwardedMember(
            new(CopiedAttributes.Of(property)),
            Modifiers(isExplicit, RoleBinder.HasPointer(property.Type)) + SignatureBuilder.ByReference(property.RefKind) + TypeText.Of(property.Type) + " " + name,
            default,
            null,
            new(Accessors(property, target)));
    }

    public ForwardedMember Event(IEventSymbol @event, bool isExplicit)
    {
        var target = wrapped.Member(@event, @event);
        return new ForwardedMember(
            new(CopiedAttributes.Of(@event)),
            Modifiers(isExplicit, RoleBinder.HasPointer(@event.Type)) + "event " + TypeText.Of(@event.Type) + " " + Name(@event, isExplicit),
            default,
            null,
            new(["add => " + target + " += value;", "remove => " + target + " -= value;"]));
    }

    /// <summary>The name as the decorator declares it, with the interface before it where it is explicit.</summary>
    public static string Name(ISymbol member, bool isExplicit) => Prefix(member, isExplicit) + Identifier.Escape(member.Name);

    private static IEnumerable<string> Accessors(IPropertySymbol property, string target)
    {
        if (property.GetMethod is { } getter && CanBeImplemented(getter))
        {
            yield return "get => " + (property.RefKind == RefKind.None ? string.Empty : "ref ") + target + ";";
        }

        if (property.SetMethod is { } setter && CanBeImplemented(setter))
        {
            // Only the object that is being made can be initialized, and nobody can make it through an interface.
            yield return setter.IsInitOnly
                ? "init => throw new global::System.NotSupportedException();"
                : "set => " + target + " = value;";
        }
    }

    private static bool CanBeImplemented(IMethodSymbol accessor) => accessor.IsAbstract || accessor.IsVirtual;

    private static string Modifiers(bool isExplicit, bool isUnsafe) => (isExplicit ? string.Empty : "public ") + (isUnsafe ? "unsafe " : string.Empty);

    private static string Prefix(ISymbol member, bool isExplicit) => isExplicit ? TypeText.Of(member.ContainingType) + "." : string.Empty;
}
