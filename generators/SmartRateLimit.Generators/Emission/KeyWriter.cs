using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>Builds a key on a stack buffer.</summary>
internal static class KeyWriter
{
    private const string BufferLength = "128";

    public static void Write(CodeWriter writer, string name, KeyModel key)
    {
        if (key.Alternatives.Count == 0)
        {
            return;
        }

        writer.Line("var " + name + " = new " + Runtime.KeyBuilder + "(stackalloc char[" + BufferLength + "]);");
        if (key.Alternatives.Count == 1)
        {
            WriteParts(writer, name, key.Alternatives[0]);
            return;
        }

        for (var i = 0; i < key.Alternatives.Count; i++)
        {
            WriteAlternative(writer, name, key.Alternatives[i], i);
        }
    }

    /// <summary>The key's text as a span.</summary>
    public static string Text(string name, KeyModel key) => key.Alternatives.Count == 0 ? "\"*\"" : name + ".Text";

    /// <summary>The key's text as a string of its own.</summary>
    public static string String(string name, KeyModel key) => key.Alternatives.Count == 0 ? "\"*\"" : name + ".ToString()";

    public static void WriteDispose(CodeWriter writer, string name, KeyModel key)
    {
        if (key.Alternatives.Count > 0)
        {
            writer.Line(name + ".Dispose();");
        }
    }

    private static void WriteAlternative(CodeWriter writer, string name, AlternativeModel alternative, int index)
    {
        if (index == 0)
        {
            writer.Line(name + ".BeginAlternative(0);");
            WriteParts(writer, name, alternative);
            return;
        }

        using (writer.Braces("if (!" + name + ".HasValue)"))
        {
            writer.Line(name + ".BeginAlternative(" + index + ");");
            WriteParts(writer, name, alternative);
        }
    }

    private static void WriteParts(CodeWriter writer, string name, AlternativeModel alternative)
    {
        foreach (var part in alternative.Parts)
        {
            writer.Line(name + "." + part.Method + "(" + part.Argument + ");");
        }
    }
}
