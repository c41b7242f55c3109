using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Analyzers;

/// <summary>The first attribute of each name in a compilation, in the order of its files: later ones have to agree with it.</summary>
internal sealed class NamedLimits
{
    private static readonly ConditionalWeakTable<Compilation, NamedLimits> Known = new();

    private static readonly (string Name, object Default)[] Settings =
    [
        ("Algorithm", 0), ("Burst", -1L), ("InitialPermits", -1L), ("AlignToClock", true), ("MaxWait", string.Empty), ("OnBackendFailure", 0), ("Backend", string.Empty), ("Shadow", false),
    ];

    private readonly Dictionary<string, (AttributeSyntax Attribute, string Numbers)> _first = new(StringComparer.Ordinal);

    private NamedLimits(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var attribute in tree.GetRoot(cancellationToken).DescendantNodes().OfType<AttributeSyntax>())
            {
                if (IsNamed(attribute)
                    && Argument(attribute, "Name", model ??= compilation.GetSemanticModel(tree), cancellationToken) is string name
                    && !_first.ContainsKey(name)
                    && model.GetSymbolInfo(attribute, cancellationToken).Symbol is IMethodSymbol { ContainingType: var type }
                    && type.Is("SmartRateLimit", "RateLimitedAttribute"))
                {
                    _first.Add(name, (attribute, Numbers(attribute, model, cancellationToken)));
                }
            }
        }
    }

    public static NamedLimits Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(compilation, out var limits))
        {
            limits = new NamedLimits(compilation, cancellationToken);
            limits = Known.GetValue(compilation, _ => limits);
        }

        return limits;
    }

    /// <summary>The attribute with which another one disagrees; <see langword="null"/> when there is none.</summary>
    public AttributeSyntax? Against(AttributeSyntax attribute, string name, SemanticModel model, CancellationToken cancellationToken) =>
        _first.TryGetValue(name, out var first) && first.Attribute != attribute && first.Numbers != Numbers(attribute, model, cancellationToken)
            ? first.Attribute
            : null;

    public static bool IsNamed(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == "Name") == true;

    /// <summary>What attributes of one name must have in common, as one text.</summary>
    private static string Numbers(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
    {
        var rate = attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null)?.Expression;
        var text = rate is null ? null : model.GetConstantValue(rate, cancellationToken).Value as string;
        var rates = text is not null && RateParser.TryParseAll(text, out var parsed, out _)
            ? string.Join(";", parsed.Select(one => one.Permits + "/" + one.PeriodMilliseconds))
            : text;
        return rates + "|" + string.Join("|", Settings.Select(setting => Argument(attribute, setting.Name, model, cancellationToken) is { } value && !value.Equals(setting.Default) ? value : null));
    }

    public static object? Argument(AttributeSyntax attribute, string name, SemanticModel model, CancellationToken cancellationToken)
    {
        var argument = attribute.ArgumentList?.Arguments.FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == name);
        var value = argument is null ? null : model.GetConstantValue(argument.Expression, cancellationToken).Value;
        return value is int number && name is ("Burst" or "InitialPermits") ? (long)number : value;
    }
}
