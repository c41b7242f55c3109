using SmartRateLimit.Binding;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The implementing part, with the body that its return type asks for.</summary>
internal static class MethodPart
{
    public static void Write(CodeWriter writer, LimitedMethod method)
    {
        var signature = method.Signature;
        WriteAttributes(writer, method);
        using (writer.Braces(Head(signature, method.Return.Type), signature.Constraints))
        {
            switch (method.Return.Shape)
            {
                case ReturnShape.Synchronous:
                    SynchronousBody.Write(writer, method);
                    break;
                case ReturnShape.AsyncEnumerable:
                    EnumerableBody.Write(writer, method);
                    break;
                default:
                    TaskBody.Write(writer, method);
                    break;
            }
        }

        switch (method.Return.Shape)
        {
            case ReturnShape.Synchronous:
                break;
            case ReturnShape.AsyncEnumerable:
                EnumerableBody.WriteHelper(writer, method);
                break;
            default:
                if (!TaskBody.IsPlain(method))
                {
                    TaskBody.WriteHelper(writer, method);
                }

                break;
        }
    }

    /// <summary>The head of an implementing part: what its defining part says, without defaults and attributes.</summary>
    public static string Head(SignatureModel signature, string returnType)
    {
        var parameters = string.Join(", ", signature.Parameters.Select(parameter => parameter.Declaration));
        var modifiers = signature.Modifiers.Length == 0 ? string.Empty : signature.Modifiers + " ";
        return modifiers + returnType + " " + signature.Name + signature.TypeParameters + "(" + parameters + ")";
    }

    /// <summary>Writes the head of an async helper, which takes something before the method's own parameters.</summary>
    public static CodeWriter.Block Helper(CodeWriter writer, LimitedMethod method, string name, string first, IEnumerable<string> parameters)
    {
        var signature = method.Signature;
        if (method.IsPart)
        {
            writer.Line(MethodFile.GeneratedCode);
        }

        var head = signature.HelperModifiers + " " + method.Return.Type + " " + name + signature.TypeParameters + "(" + string.Join(", ", parameters.Prepend(first)) + ")";
        return writer.Braces(head, signature.HelperConstraints);
    }

    /// <summary>The name of a method's helper.</summary>
    public static string HelperName(LimitedMethod method, string suffix) => method.Names.Helper + "__" + suffix;

    private static void WriteAttributes(CodeWriter writer, LimitedMethod method)
    {
        if (method.IsPart)
        {
            writer.Line(MethodFile.GeneratedCode);
            writer.Line("[" + Runtime.EnforcedByGeneratedCode + "]");
        }

        foreach (var attribute in method.Attributes)
        {
            writer.Line(attribute);
        }
    }
}
