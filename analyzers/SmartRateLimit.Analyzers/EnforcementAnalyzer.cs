using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports limited endpoints of an application that never mentions the calls which make the limits work.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnforcementAnalyzer : DiagnosticAnalyzer
{
    private const string WebPackage = "SmartRateLimit.AspNetCore";

    private static readonly string[] Calls = ["AddSmartRateLimit", "UseSmartRateLimit"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.NotEnforced];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication && !IsWiredElsewhere(start.Compilation))
            {
                new Search().Register(start);
            }
        });
    }

    /// <summary>A library that knows the middleware may set it up for its applications.</summary>
    private static bool IsWiredElsewhere(Compilation compilation) => compilation.SourceModule.ReferencedAssemblySymbols.Any(library =>
        library.Name != WebPackage && library.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == WebPackage)));

    /// <summary>What one compilation has.</summary>
    private sealed class Search
    {
        private readonly ConcurrentDictionary<string, bool> _mentioned = new();
        private readonly ConcurrentBag<(Location Location, string Name)> _endpoints = [];

        public void Register(CompilationStartAnalysisContext context)
        {
            context.RegisterSyntaxNodeAction(FindMention, SyntaxKind.IdentifierName);
            context.RegisterSymbolAction(symbol => FindEndpoint(symbol.Symbol, symbol.Compilation, symbol.CancellationToken), SymbolKind.Method, SymbolKind.NamedType);
            context.RegisterSyntaxNodeAction(
                node => FindEndpoint(AnnotatedFunction.Of(node), node.Compilation, node.CancellationToken),
                SyntaxKind.LocalFunctionStatement,
                SyntaxKind.ParenthesizedLambdaExpression);
            context.RegisterCompilationEndAction(Report);
        }

        private void FindMention(SyntaxNodeAnalysisContext context)
        {
            var name = ((IdentifierNameSyntax)context.Node).Identifier.ValueText;
            if (Calls.Contains(name))
            {
                _mentioned[name] = true;
            }
        }

        private void FindEndpoint(ISymbol? symbol, Compilation compilation, CancellationToken cancellationToken)
        {
            if (symbol is null || !symbol.GetAttributes().Any(KnownTypes.IsRateLimited))
            {
                return;
            }

            var isEndpoint = symbol switch
            {
                INamedTypeSymbol type => EndpointPredicate.IsEndpointType(type, compilation),
                IMethodSymbol method => RoleBinder.RoleOf(method, compilation, cancellationToken) == AnnotationRole.Endpoint,
                _ => false,
            };
            if (isEndpoint)
            {
                var context = new BindingContext(symbol, AnnotationRole.Endpoint, compilation, cancellationToken);
                _endpoints.Add((context.Location, context.Subject));
            }
        }

        private void Report(CompilationAnalysisContext context)
        {
            var missing = Calls.Where(call => !_mentioned.ContainsKey(call)).ToList();
            if (missing.Count == 0)
            {
                return;
            }

            foreach (var (location, name) in _endpoints)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NotEnforced, location, name, "the application never calls " + string.Join(" and ", missing)));
            }
        }
    }
}
