using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Turns a binding without errors into the model of the method to write.</summary>
internal static class ModelBuilder
{
    public static LimitedMethod Build(MethodBinding binding, MethodDeclarationSyntax declaration, LimitsNames limits)
    {
        var method = binding.Method;
        var names = NamesModel.Choose(method.Name, NamesRead(binding), limits, binding.Policies.Length > 1);
        var expressions = new Expressions(method, names.Decision);
        return Build(binding, SignatureBuilder.Signature(method, declaration), names, expressions, expressions.Call(binding.Core!));
    }

    /// <summary>Fills in what a part of a method and a member of a decorator have in common.</summary>
    public static LimitedMethod Build(MethodBinding binding, SignatureModel signature, NamesModel names, Expressions expressions, CallModel core)
    {
        var token = binding.Method.Parameters.LastOrDefault(parameter => parameter.Type.IsCancellationToken() && parameter.RefKind is not RefKind.Out);
        return new LimitedMethod(
            signature,
            SignatureBuilder.Return(binding),
            expressions.Limiter(binding.Limiter!),
            core,
            token is null ? null : Identifier.Escape(token.Name),
            names,
            Request(binding, expressions),
            new(binding.Policies.Select(policy => PolicyModelBuilder.Build(policy, expressions, part => Source(binding, expressions, names, part)))));
    }

    private static RequestModel? Request(MethodBinding binding, Expressions expressions) => binding.IsWeb
        ? new RequestModel(binding.Request is { } request ? expressions.Request(request) : null, MayBeNull(binding.Request), new(Sources(binding)))
        : null;

    /// <summary>Reads a source with the reader that the limits keep.</summary>
    private static string Source(MethodBinding binding, Expressions expressions, NamesModel names, string source) =>
        names.Fields + "Source" + (Sources(binding).IndexOf(source) + 1) + ".Read(" + expressions.Request(binding.Request!) + (MayBeNull(binding.Request) ? "!)" : ")");

    private static List<string> Sources(MethodBinding binding) =>
        [.. binding.Policies.SelectMany(policy => policy.Key!.Alternatives).SelectMany(parts => parts).Select(part => part.Source).OfType<string>().Distinct()];

    private static bool MayBeNull(ISymbol? request) => request switch
    {
        IParameterSymbol parameter => parameter.NullableAnnotation == NullableAnnotation.Annotated,
        IPropertySymbol property => property.NullableAnnotation == NullableAnnotation.Annotated,
        _ => false,
    };

    /// <summary>The type and method for a reader, and the overload as a hash: file names must be short and differ in more than case.</summary>
    public static string HintName(IMethodSymbol method) =>
        HintName(method.Name, method.ContainingType, PolicyName.Signature(method) + method.ContainingType.MetadataName);

    public static string HintName(string name, INamedTypeSymbol? around, string identity)
    {
        var path = name;
        for (var type = around; type is not null; type = type.ContainingType)
        {
            path = type.Name + "." + path;
        }

        var hash = 2166136261u;
        foreach (var c in identity)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return path + "." + hash.ToString("x8", CultureInfo.InvariantCulture) + ".g.cs";
    }

    /// <summary>Every simple name that the body may read: a local of this name would hide it.</summary>
    public static HashSet<string> NamesRead(MethodBinding binding)
    {
        return
        [
            .. binding.Method.Parameters.Select(parameter => parameter.Name),
            .. binding.Method.TypeParameters.Select(parameter => parameter.Name),
            .. binding.Values.Select(value => value.Root.Name),
            binding.Core?.Name ?? string.Empty,
            binding.Limiter!.Source?.Name ?? string.Empty,
        ];
    }

    /// <summary>The names that a method declares itself.</summary>
    public static IEnumerable<string> OwnNames(IMethodSymbol method) =>
        method.Parameters.Select(parameter => parameter.Name).Concat(method.TypeParameters.Select(parameter => parameter.Name));

    /// <summary>Every name that would be found before a type of the generated file.</summary>
    public static HashSet<string> NamesAround(INamedTypeSymbol? around)
    {
        var names = new HashSet<string>();
        for (var outer = around; outer is not null; outer = outer.ContainingType)
        {
            for (var type = outer; type is not null; type = type.BaseType)
            {
                names.UnionWith(type.MemberNames);
                names.UnionWith(type.GetTypeMembers().Select(nested => nested.Name));
                names.UnionWith(type.TypeParameters.Select(parameter => parameter.Name));
                names.Add(type.Name);
            }
        }

        return names;
    }
}
