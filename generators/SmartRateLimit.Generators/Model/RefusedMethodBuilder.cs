using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>Turns a binding with errors into the model of a part that throws, where the language allows such a part.</summary>
internal static class RefusedMethodBuilder
{
    public static RefusedMethod? Build(MethodBinding binding, MethodDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
    {
        if (!RoleBinder.CanBeImplemented(binding.Method, cancellationToken) || !CanBeWritten(binding.Method, declaration, compilation))
        {
            return null;
        }

        return new RefusedMethod(
            ModelBuilder.HintName(binding.Method),
            SignatureBuilder.Container(binding.Method.ContainingType),
            SignatureBuilder.Signature(binding.Method, declaration),
            SignatureBuilder.Return(binding).Type,
            Message(binding),
            ReportedIds.Sorted(ReportedIds.Of(binding)));
    }

    public static string Message(MethodBinding binding)
    {
        var ids = binding.Problems.Where(problem => problem.IsError).Select(problem => problem.Id).Distinct().OrderBy(id => id, StringComparer.Ordinal);
        return PolicyName.Signature(binding.Method) + " must not run: its [RateLimited] has an error (" + string.Join(", ", ids) + ").";
    }

    private static bool CanBeWritten(IMethodSymbol method, MethodDeclarationSyntax declaration, Compilation compilation)
    {
        var types = method.Parameters.Select(parameter => parameter.Type).Append(method.ReturnType).ToArray();
        return !types.Any(type => type.TypeKind == TypeKind.Error)
            && !AliasedAssemblies.AreNamedBy(method, compilation)
            && (declaration.Modifiers.Any(SyntaxKind.UnsafeKeyword) || !types.Any(RoleBinder.HasPointer));
    }
}
