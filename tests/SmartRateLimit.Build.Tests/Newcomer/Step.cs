namespace SmartRateLimit.Build.Tests.Newcomer;

/// <summary>What a page tells its reader to do, or what it says that then happens.</summary>
internal abstract record Step
{
    /// <summary>A file to write.</summary>
    public sealed record Write(string File, string Text) : Step;

    /// <summary>A piece of a file to replace.</summary>
    public sealed record Replace(string Old, string New) : Step;

    /// <summary>A command to give.</summary>
    public sealed record Command(string Line) : Step;

    /// <summary>What the last command prints.</summary>
    public sealed record Output(string Text) : Step;
}
