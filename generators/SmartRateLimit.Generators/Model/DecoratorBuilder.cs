using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Turns an annotated interface into the model of its decorator.</summary>
internal sealed class DecoratorBuilder
{
    private readonly INamedTypeSymbol _face;
    private readonly Compilation _compilation;
    private readonly string _name;
    private readonly ContainerModel _container;
    private readonly Wrapped _wrapped;
    private readonly ImplicitMembers _implicit;
    private readonly LimitsNames _limits;
    private readonly HashSet<string> _helpers;

    private DecoratorBuilder(INamedTypeSymbol face, Compilation compilation)
    {
        _face = face;
        _compilation = compilation;
        _name = DecoratorSite.Name(face);
        _container = face.ContainingType is { } around
            ? SignatureBuilder.Container(around)
            : new ContainerModel(face.ContainingNamespace.IsGlobalNamespace ? null : TypeText.Of(face.ContainingNamespace), default);
        _wrapped = new Wrapped(face);
        _implicit = new ImplicitMembers(face, _name);
        _helpers = [.. DecoratorSite.Closure(face).SelectMany(part => part.MemberNames)];
        _limits = new LimitsNames(_name, NamesAround(), LimitedTypeBuilder.SpaceOf(face, compilation));
    }

    /// <returns>The model; <see langword="null"/> when there can be no decorator, which is reported.</returns>
    public static DecoratorModel? Build(INamedTypeSymbol face, Compilation compilation, CancellationToken cancellationToken) =>
        InterfaceRules.ReasonAgainst(face, compilation) is null && !InterfaceRules.TypesNotPartial(face, cancellationToken).Any()
            ? new DecoratorBuilder(face, compilation).Build(cancellationToken)
            : null;

    private DecoratorModel Build(CancellationToken cancellationToken)
    {
        var bindings = InterfaceBinder.Bind(_face, _compilation, cancellationToken)
            .ToDictionary<MethodBinding, ISymbol>(binding => binding.Method, SymbolEqualityComparer.Default);
        return new DecoratorModel(
            ModelBuilder.HintName(_name, _face.ContainingType, PolicyName.Of(_face) + _face.MetadataName),
            _container,
            new(CopiedAttributes.Of(_face)),
            Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetText(_face.DeclaredAccessibility),
            _name,
            SignatureBuilder.TypeParameters(_face.TypeParameters),
            TypeText.Of(_face),
            new(ConstraintText.Of(_face.TypeParameters)),
            IsRegistered(),
            LimitsNames.Free(_name + "Registration", new HashSet<string>(), LimitedTypeBuilder.SpaceOf(_face, _compilation)),
            _limits.Class,
            ReportedIds.OfDecorator(_face, bindings.Values, _compilation),
            new(Members().Select(member => Member(member, member is IMethodSymbol && bindings.TryGetValue(member, out var binding) ? binding : null))));
    }

    /// <summary>A generic decorator is registered where its type arguments are known.</summary>
    private bool IsRegistered()
    {
        for (var type = _face; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
            {
                return false;
            }
        }

        return _compilation.IsSymbolAccessibleWithin(_face, _compilation.Assembly);
    }

    /// <summary>Every name that a member of the decorator would find before a type of the generated file.</summary>
    private HashSet<string> NamesAround()
    {
        var names = ModelBuilder.NamesAround(_face.ContainingType);
        names.UnionWith(_helpers);
        names.UnionWith(DecoratorSite.Closure(_face).SelectMany(part => part.GetMembers()).OfType<IMethodSymbol>().SelectMany(ModelBuilder.OwnNames));
        names.UnionWith(_face.TypeParameters.Select(parameter => parameter.Name).Append(_name));
        return names;
    }

    private IEnumerable<ISymbol> Members() => DecoratorSite.Closure(_face)
        .SelectMany(part => part.GetMembers())
        .Where(member => member is { IsStatic: false } and ({ IsAbstract: true } or { IsVirtual: true })
            && _compilation.IsSymbolAccessibleWithin(member, DecoratorSite.Of(_face, _compilation))
            && member switch
            {
                IMethodSymbol method => method.MethodKind == MethodKind.Ordinary,
                IPropertySymbol property => property.ExplicitInterfaceImplementations.IsEmpty,
                IEventSymbol @event => @event.ExplicitInterfaceImplementations.IsEmpty,
                _ => false,
            });

    private DecoratorMember Member(ISymbol member, MethodBinding? binding)
    {
        var isExplicit = !_implicit.Take(member);
        var forward = new ForwardedMemberBuilder(_wrapped);
        return (member, binding) switch
        {
            (IMethodSymbol, { HasErrors: true }) => new DecoratorMember(null, Refused(binding, isExplicit), null),
            (IMethodSymbol, { }) => new DecoratorMember(Limited(binding, isExplicit), null, null),
            (IMethodSymbol method, _) => new DecoratorMember(null, null, forward.Method(method, isExplicit)),
            (IPropertySymbol property, _) => new DecoratorMember(null, null, forward.Property(property, isExplicit)),
            (IEventSymbol @event, _) => new DecoratorMember(null, null, forward.Event(@event, isExplicit)),
            _ => throw new InvalidOperationException("Interfaces have no other members."),
        };
    }

    private LimitedMethod Limited(MethodBinding binding, bool isExplicit)
    {
        var method = binding.Method;
        var names = NamesModel.Choose(method.Name, ModelBuilder.NamesRead(binding), _limits, binding.Policies.Length > 1);
        if (isExplicit)
        {
            names = names with { Helper = NamesModel.Free("_" + names.Helper, _helpers) };
            _helpers.Add(names.Helper);
        }

        var expressions = new Expressions(method, names.Decision, _wrapped);
        return ModelBuilder.Build(binding, Signature(method, isExplicit), names, expressions, expressions.Call(method)) with
        {
            IsPart = false,
            Attributes = new(CopiedAttributes.Of(method).Concat(CopiedAttributes.OfReturn(method))),
        };
    }

    private RefusedMethod Refused(MethodBinding binding, bool isExplicit) => new(
        string.Empty,
        _container,
        Signature(binding.Method, isExplicit),
        SignatureBuilder.Return(binding).Type,
        RefusedMethodBuilder.Message(binding),
        default);

    private static SignatureModel Signature(IMethodSymbol method, bool isExplicit) => new(
        isExplicit ? string.Empty : "public",
        ForwardedMemberBuilder.Name(method, isExplicit),
        SignatureBuilder.TypeParameters(method.TypeParameters),
        new(isExplicit ? ConstraintText.OfExplicit(method) : ConstraintText.OfHelper(method)),
        new(ConstraintText.OfHelper(method)),
        new(method.Parameters.Select(parameter => ParameterBuilder.Build(parameter, isExplicit))),
        "private async");
}
