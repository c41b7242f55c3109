using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The implementing part of a method whose annotation has an error.</summary>
internal static class RefusedPart
{
    public static void Write(CodeWriter writer, RefusedMethod method)
    {
        using (MethodPart.Part(writer, method.Signature, method.ReturnType))
        {
            writer.Line("throw new global::System.InvalidOperationException(\"" + method.Message + "\");");
        }
    }
}
