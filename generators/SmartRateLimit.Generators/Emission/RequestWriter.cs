using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>Prepares what a call asks the limiter for: keys, costs, and which attributes count at all.</summary>
internal static class RequestWriter
{
    /// <summary>Writes the request of a method with one attribute; its text is a span on the stack until <see cref="WriteRelease"/>.</summary>
    public static void WriteOne(CodeWriter writer, LimitedMethod method)
    {
        WriteCondition(writer, method);
        KeyWriter.Write(writer, method.Names.Key, method.Policies[0].Key);
    }

    /// <summary>Writes what happens to a call that the only attribute does not count.</summary>
    public static void WriteCondition(CodeWriter writer, LimitedMethod method)
    {
        if (method.Policies[0].SkipIf is { } condition)
        {
            using (writer.Braces("if (" + condition + ")"))
            {
                Outcome.WriteReturn(writer, method, method.Core.Text);
            }
        }
    }

    public static void WriteRelease(CodeWriter writer, LimitedMethod method) =>
        KeyWriter.WriteDispose(writer, method.Names.Key, method.Policies[0].Key);

    /// <summary>The arguments of <c>Acquire</c> for one attribute.</summary>
    public static string Arguments(LimitedMethod method)
    {
        var policy = method.Policies[0];
        return LimitsClass.Policy(method, 0) + ", " + KeyWriter.Text(method.Names.Key, policy.Key) + Cost(policy);
    }

    /// <summary>An expression that creates the request of one attribute.</summary>
    public static string Create(LimitedMethod method, int index, string key)
    {
        var policy = method.Policies[index];
        return "new " + Runtime.Request + "(" + LimitsClass.Policy(method, index) + ", " + KeyWriter.String(key, policy.Key) + Cost(policy) + ")";
    }

    /// <summary>Writes an array of the requests of several attributes.</summary>
    /// <returns>The expression that holds them.</returns>
    public static string WriteAll(CodeWriter writer, LimitedMethod method)
    {
        var names = method.Names;
        var canSkip = method.Policies.Any(policy => policy.SkipIf is not null);
        writer.Line("var " + names.Requests + " = new " + Runtime.Request + "[" + method.Policies.Count + "];");
        if (canSkip)
        {
            writer.Line("var " + names.Count + " = 0;");
        }

        for (var i = 0; i < method.Policies.Count; i++)
        {
            WriteElement(writer, method, i, canSkip ? names.Count + "++" : i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!canSkip)
        {
            return names.Requests;
        }

        using (writer.Braces("if (" + names.Count + " == 0)"))
        {
            Outcome.WriteReturn(writer, method, method.Core.Text);
        }

        return names.Requests + "[.." + names.Count + "]";
    }

    /// <summary>Writes the requests of several attributes for a call that decides now, where nothing is allocated for them.</summary>
    public static void WriteGroup(CodeWriter writer, LimitedMethod method)
    {
        var requests = method.Names.Requests;
        writer.Line("var " + requests + " = " + Runtime.Requests + ".Take(" + method.Policies.Count + ");");
        for (var i = 0; i < method.Policies.Count; i++)
        {
            WriteMember(writer, method, i);
        }

        if (method.Policies.All(policy => policy.SkipIf is not null))
        {
            using (writer.Braces("if (" + requests + ".Count == 0)"))
            {
                writer.Line(requests + ".Return();");
                Outcome.WriteReturn(writer, method, method.Core.Text);
            }
        }
    }

    private static void WriteMember(CodeWriter writer, LimitedMethod method, int index)
    {
        var policy = method.Policies[index];
        using var block = policy.SkipIf is { } condition ? writer.Braces("if (!" + condition + ")") : default;
        var (add, cost) = (method.Names.Requests + ".Add", ", " + (policy.Cost ?? "1") + ");");
        if (policy.Key.Text is { } text)
        {
            writer.Line(add + "Part(" + LimitsClass.Policy(method, index) + ", " + text + cost);
            return;
        }

        var key = method.Names.Key + (index + 1);
        KeyWriter.Write(writer, key, policy.Key);
        writer.Line(add + "(" + LimitsClass.Policy(method, index) + ", ref " + key + cost);
    }

    private static void WriteElement(CodeWriter writer, LimitedMethod method, int index, string place)
    {
        var policy = method.Policies[index];
        using var block = policy.SkipIf is { } condition ? writer.Braces("if (!" + condition + ")") : default;
        var key = method.Names.Key + (index + 1);
        KeyWriter.Write(writer, key, policy.Key);
        writer.Line(method.Names.Requests + "[" + place + "] = " + Create(method, index, key) + ";");
        KeyWriter.WriteDispose(writer, key, policy.Key);
    }

    private static string Cost(PolicyModel policy) => policy.Cost is { } cost ? ", " + cost : string.Empty;
}
