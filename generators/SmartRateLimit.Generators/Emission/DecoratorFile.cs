using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The file of a decorator: the class, its registration, and the limits of its methods.</summary>
internal static class DecoratorFile
{
    private const string Null = "global::System.ArgumentNullException.ThrowIfNull(inner);";

    public static string Write(DecoratorModel decorator)
    {
        var writer = MethodFile.Begin(decorator.Container, decorator.Reported);
        MethodFile.WriteType(writer, decorator.Container, 0, () => WriteClass(writer, decorator));
        if (decorator.Members.Select(member => member.Limited).OfType<LimitedMethod>().ToList() is { Count: > 0 } limited)
        {
            writer.Separate();
            LimitsClass.Write(writer, decorator.Limits, limited);
        }

        if (decorator.IsRegistered)
        {
            WriteRegistration(writer, decorator);
        }

        return writer.ToString();
    }

    private static void WriteClass(CodeWriter writer, DecoratorModel decorator)
    {
        writer.Line("/// <summary>Limits an <c>" + decorator.Interface.Replace("global::", string.Empty).Replace('<', '{').Replace('>', '}') + "</c> as its attributes say, and passes everything else on.</summary>");
        writer.Line(MethodFile.GeneratedCode);
        WriteLines(writer, decorator.Attributes);
        using (writer.Braces(decorator.Accessibility + " sealed class " + decorator.Name + decorator.TypeParameters + " : " + decorator.Interface, decorator.Constraints))
        {
            writer.Line("private readonly " + decorator.Interface + " " + Wrapped.InnerField + ";");
            writer.Line("private readonly " + Runtime.Limiter + "? " + Wrapped.LimiterField + ";");
            WriteConstructor(writer, decorator);
            foreach (var member in decorator.Members)
            {
                writer.Separate();
                WriteMember(writer, member);
            }
        }
    }

    private static void WriteConstructor(CodeWriter writer, DecoratorModel decorator)
    {
        writer.Separate();
        writer.Line("/// <summary>Wraps <paramref name=\"inner\"/>.</summary>");
        writer.Line("/// <param name=\"inner\">What is called when a call is admitted.</param>");
        writer.Line("/// <param name=\"limiter\">What decides; without one, <c>SmartRateLimiter.Shared</c> does.</param>");
        using (writer.Braces("public " + decorator.Name + "(" + decorator.Interface + " inner, " + Runtime.Limiter + "? limiter = null)"))
        {
            writer.Line(Null);
            writer.Line(Wrapped.InnerField + " = inner;");
            writer.Line(Wrapped.LimiterField + " = limiter;");
        }
    }

    private static void WriteMember(CodeWriter writer, DecoratorMember member)
    {
        if (member.Limited is { } limited)
        {
            MethodPart.Write(writer, limited);
        }
        else if (member.Refused is { } refused)
        {
            RefusedPart.WriteBody(writer, refused);
        }
        else if (member.Forwarded is { } forwarded)
        {
            WriteForwarded(writer, forwarded);
        }
    }

    private static void WriteForwarded(CodeWriter writer, ForwardedMember member)
    {
        WriteLines(writer, member.Attributes);
        if (member.Body is null)
        {
            using (writer.Braces(member.Head))
            {
                WriteLines(writer, member.Accessors);
            }

            return;
        }

        writer.Line(string.Join(" ", member.Constraints.Prepend(member.Head)) + " => " + member.Body + ";");
    }

    /// <summary>Makes the decorator known to <c>AddRateLimited</c>, which finds it without reflection.</summary>
    private static void WriteRegistration(CodeWriter writer, DecoratorModel decorator)
    {
        writer.Separate();
        writer.Line(MethodFile.GeneratedCode);
        WriteLines(writer, decorator.Attributes);
        using (writer.Braces("file static class " + decorator.Registration))
        {
            writer.Line("#pragma warning disable CA2255 // the decorator must be known before the first registration");
            writer.Line(Runtime.ModuleInitializer);
            var around = string.Concat(decorator.Container.Types.Select(type => type.Substring(type.LastIndexOf(' ') + 1) + "."));
            writer.Line("internal static void Register() => " + Registration(decorator.Interface, around + decorator.Name) + ";");
        }
    }

    /// <summary>The call that registers a decorator.</summary>
    public static string Registration(string face, string decorator) =>
        Runtime.Decorators + ".Add<" + face + ">(static (inner, limiter) => new " + decorator + "(inner, limiter))";

    private static void WriteLines(CodeWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.Line(line);
        }
    }
}
