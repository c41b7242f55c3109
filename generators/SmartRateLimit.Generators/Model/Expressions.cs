using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Writes bound values as C# expressions.</summary>
/// <param name="method">The method whose body reads them.</param>
/// <param name="decision">The name of the local that holds the decision.</param>
/// <param name="wrapped">In a decorator, what it wraps and where its limiter is kept.</param>
internal sealed class Expressions(IMethodSymbol method, string decision, Wrapped? wrapped = null)
{
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>The word with which an argument is passed to a parameter of the same kind.</summary>
    public static string Pass(RefKind kind) => kind switch
    {
        RefKind.None => string.Empty,
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        _ => "in ",
    };

    public string Value(ValueBinding value)
    {
        var text = value.Root is IMethodSymbol function ? Call(function, value) : Reference(value.Root);
        return value.Steps.Aggregate(text, (path, step) => path + (step.IsConditional ? "?." : ".") + Identifier.Escape(step.Member.Name));
    }

    public string Limiter(LimiterBinding limiter)
    {
        const string Shared = "global::SmartRateLimit.SmartRateLimiter.Shared";
        if (limiter.Source is not { } source)
        {
            return wrapped is null ? Shared : "(" + Wrapped.Limiter(method) + " ?? " + Shared + ")";
        }

        // A limiter's own class may implement members explicitly, or leave them to the interface.
        var isInterface = TypeOf(source).Is("SmartRateLimit", "IRateLimiter");
        return (isInterface, limiter.MayBeNull) switch
        {
            (true, false) => Reference(source),
            (true, true) => "(" + Reference(source) + " ?? " + Shared + ")",
            (false, false) => "((global::SmartRateLimit.IRateLimiter)" + Reference(source) + ")",
            (false, true) => "((global::SmartRateLimit.IRateLimiter?)" + Reference(source) + " ?? " + Shared + ")",
        };
    }

    /// <summary>A call that passes on what the method was called with: of the author's body, or of what is wrapped.</summary>
    public CallModel Call(IMethodSymbol target) => new(Reference(target) + TypeArguments(target), new(method.Parameters.Select(Argument)));

    /// <summary>Without the cast an argument of type <c>dynamic</c> would bind the whole call at run time.</summary>
    public static string Argument(IParameterSymbol parameter) =>
        Cast(parameter) + Pass(parameter.RefKind) + Identifier.Escape(parameter.Name);

    private static string Cast(IParameterSymbol parameter) =>
        parameter is not { RefKind: RefKind.None, Type.TypeKind: TypeKind.Dynamic } ? string.Empty
        : parameter.NullableAnnotation == NullableAnnotation.Annotated ? "(object?)"
        : "(object)";

    public string Request(ISymbol request) => Reference(request);

    private string Call(IMethodSymbol function, ValueBinding value)
    {
        var arguments = value.Arguments.Zip(function.Parameters, (argument, parameter) =>
            Pass(parameter.RefKind) + (argument is null ? decision : Reference(argument)));
        return Reference(function) + TypeArguments(function) + "(" + string.Join(", ", arguments) + ")";
    }

    private string TypeArguments(IMethodSymbol function) => function.Arity == 0
        ? string.Empty
        : "<" + string.Join(", ", method.TypeParameters.Select(parameter => Identifier.Escape(parameter.Name))) + ">";

    private string Reference(ISymbol symbol)
    {
        var name = Identifier.Escape(symbol.Name);
        if (symbol is IParameterSymbol)
        {
            return name;
        }

        if (wrapped is not null && !symbol.IsStatic)
        {
            return wrapped.Member(symbol, method);
        }

        if (wrapped is not null || !IsOwn(symbol.ContainingType))
        {
            return TypeText.Of(symbol.ContainingType) + "." + name;
        }

        var isHidden = method.Parameters.Any(parameter => parameter.Name == symbol.Name)
            || method.TypeParameters.Any(parameter => parameter.Name == symbol.Name);
        return (isHidden, symbol.IsStatic) switch
        {
            (false, _) => name,
            (true, true) => TypeText.Of(symbol.ContainingType) + "." + name,
            (true, false) => "this." + name,
        };
    }

    private bool IsOwn(INamedTypeSymbol owner)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, owner))
            {
                return true;
            }
        }

        return false;
    }

    private static ITypeSymbol TypeOf(ISymbol source) => source switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol member => member.Type,
        _ => ((IPropertySymbol)source).Type,
    };
}
