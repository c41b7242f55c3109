using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The file-local class that keeps the policies of a type. It is not generic, so that a generic type has one limit.</summary>
internal static class LimitsClass
{
    /// <summary>The field of a policy, as code outside the class names it.</summary>
    public static string Policy(LimitedMethod method, int index) => method.Names.Fields + (method.Policies.Count == 1 ? "Policy" : "Policy" + (index + 1));

    public static void Write(CodeWriter writer, string name, IEnumerable<LimitedMethod> methods)
    {
        writer.Line(MethodFile.GeneratedCode);
        using (writer.Braces("file static class " + name))
        {
            foreach (var method in methods)
            {
                WriteFields(writer, method);
            }
        }
    }

    private static void WriteFields(CodeWriter writer, LimitedMethod method)
    {
        for (var i = 0; i < method.Policies.Count; i++)
        {
            WritePolicy(writer, Field(Policy(method, i)), method.Policies[i]);
        }

        for (var i = 0; i < method.Request?.Sources.Count; i++)
        {
            writer.Line("public static readonly " + Runtime.Reader + " " + Field(method.Names.Fields) + "Source" + (i + 1) + " = new(" + Expressions.Literal(method.Request.Sources[i]) + ");");
            writer.Separate();
        }
    }

    /// <summary>What stands behind the name of the class.</summary>
    private static string Field(string qualified) => qualified.Substring(qualified.IndexOf('.') + 1);

    private static void WritePolicy(CodeWriter writer, string field, PolicyModel policy)
    {
        writer.Line("public static readonly " + Runtime.Policy + " " + field + " =");
        using (writer.Indented())
        {
            var parse = Runtime.Policy + ".Parse(" + Expressions.Literal(policy.Name) + ", " + Expressions.Literal(policy.Rates) + ")";
            if (policy.Settings.Count == 0)
            {
                writer.Line(parse + ";");
                writer.Separate();
                return;
            }

            using (writer.Braces(parse + " with", "};"))
            {
                foreach (var setting in policy.Settings)
                {
                    writer.Line(setting + ",");
                }
            }
        }

        writer.Separate();
    }
}
