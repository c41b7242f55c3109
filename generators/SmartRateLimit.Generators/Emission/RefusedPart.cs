using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The implementing part of a method whose annotation has an error.</summary>
internal static class RefusedPart
{
    public static void Write(CodeWriter writer, RefusedMethod method)
    {
        writer.Line(MethodFile.GeneratedCode);
        writer.Line("[" + Runtime.EnforcedByGeneratedCode + "]");
        WriteBody(writer, method);
    }

    /// <summary>Writes the method without the mark of a part.</summary>
    public static void WriteBody(CodeWriter writer, RefusedMethod method)
    {
        using (writer.Braces(MethodPart.Head(method.Signature, method.ReturnType), method.Signature.Constraints))
        {
            writer.Line("throw new global::System.InvalidOperationException(\"" + method.Message + "\");");
        }
    }
}
