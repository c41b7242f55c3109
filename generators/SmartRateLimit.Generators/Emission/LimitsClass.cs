using SmartRateLimit.Binding;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The file-local class that keeps the policies. It is not generic, so that a generic type has one limit.</summary>
internal static class LimitsClass
{
    /// <summary>The field of a policy, as code outside the class names it.</summary>
    public static string Policy(LimitedMethod method, int index) => method.Names.Limits + "." + Field(method, index);

    public static void Write(CodeWriter writer, LimitedMethod method)
    {
        writer.Line(MethodFile.GeneratedCode);
        using (writer.Braces("file static class " + method.Names.Limits))
        {
            for (var i = 0; i < method.Policies.Count; i++)
            {
                WritePolicy(writer, Field(method, i), method.Policies[i]);
            }

            for (var i = 0; i < method.Request?.Sources.Count; i++)
            {
                writer.Line("public static readonly " + Runtime.Reader + " Source" + (i + 1) + " = new(" + Expressions.Literal(method.Request.Sources[i]) + ");");
                writer.Separate();
            }

            WriteFaulted(writer, method.Return.Shape);
        }
    }

    private static string Field(LimitedMethod method, int index) => method.Policies.Count == 1 ? "Policy" : "Policy" + (index + 1);

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

    private static void WriteFaulted(CodeWriter writer, ReturnShape shape)
    {
        switch (shape)
        {
            case ReturnShape.Task:
                WriteFaulted(writer, Runtime.Task, Runtime.TaskBuilder, string.Empty);
                break;
            case ReturnShape.TaskOfResult:
                WriteFaulted(writer, Runtime.Task, Runtime.TaskBuilder, "<TResult>");
                break;
            case ReturnShape.ValueTask:
                WriteFaulted(writer, Runtime.ValueTask, Runtime.ValueTaskBuilder, string.Empty);
                break;
            case ReturnShape.ValueTaskOfResult:
                WriteFaulted(writer, Runtime.ValueTask, Runtime.ValueTaskBuilder, "<TResult>");
                break;
            case ReturnShape.AsyncEnumerable:
                WriteFaultedEnumerable(writer);
                break;
        }
    }

    /// <summary>The compiler's own builder knows which exceptions cancel a task and which fail it.</summary>
    private static void WriteFaulted(CodeWriter writer, string task, string builder, string typeParameters)
    {
        using (writer.Braces("public static " + task + typeParameters + " Faulted" + typeParameters + "(" + Runtime.Exception + " exception)"))
        {
            writer.Line("var builder = " + builder + typeParameters + ".Create();");
            writer.Line("builder.SetException(exception);");
            writer.Line("return builder.Task;");
        }
    }

    private static void WriteFaultedEnumerable(CodeWriter writer)
    {
        using (writer.Braces("public static async " + Runtime.AsyncEnumerable + "<TItem> Faulted<TItem>(" + Runtime.Exception + " exception)"))
        {
            writer.Line("await default(" + Runtime.ValueTask + ").ConfigureAwait(false);");
            writer.Line("global::System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);");
            writer.Line("yield break;");
        }
    }
}
