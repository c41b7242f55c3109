using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Binding;

/// <summary>One <c>[RateLimited]</c> as written: the value of each argument, and where it stands.</summary>
internal sealed class Annotation
{
    private readonly AttributeSyntax? _syntax;
    private readonly AttributeData _data;

    public Annotation(AttributeData data, CancellationToken cancellationToken)
    {
        _data = data;
        _syntax = data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
        Rate = new StringArgument(
            data.ConstructorArguments.FirstOrDefault().Value as string,
            _syntax?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null)?.Expression,
            Location);
        Key = Text("Key");
        Cost = Text("Cost");
        SkipIf = Text("SkipIf");
        OnRejected = Text("OnRejected");
        MaxWait = Text("MaxWait");
    }

    public Location Location => _syntax?.GetLocation() ?? Location.None;

    public StringArgument Rate { get; }

    public StringArgument Key { get; }

    public StringArgument Cost { get; }

    public StringArgument SkipIf { get; }

    public StringArgument OnRejected { get; }

    public StringArgument MaxWait { get; }

    public string? Name => Value<string?>("Name", null);

    public string? Backend => Value<string?>("Backend", null);

    public INamedTypeSymbol? KeyType => Value<INamedTypeSymbol?>("KeyType", null);

    public Algorithm Algorithm => (Algorithm)Value("Algorithm", 0);

    public int OnBackendFailure => Value("OnBackendFailure", 0);

    public long Burst => Value("Burst", -1L);

    public long InitialPermits => Value("InitialPermits", -1L);

    public bool AlignToClock => Value("AlignToClock", true);

    public bool Shadow => Value("Shadow", false);

    /// <summary>Where a named argument's value stands; the attribute where it is not written.</summary>
    public Location LocationOf(string argument) => Expression(argument)?.GetLocation() ?? Location;

    private StringArgument Text(string name) => new(Value<string?>(name, null), Expression(name), Location);

    private ExpressionSyntax? Expression(string name) => _syntax?.ArgumentList?.Arguments
        .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;

    private T Value<T>(string name, T otherwise)
    {
        foreach (var argument in _data.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: not TypedConstantKind.Array, Value: T value })
            {
                return value;
            }
        }

        return otherwise;
    }
}
