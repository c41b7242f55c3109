using SmartRateLimit.MongoDB.Expressions;

namespace SmartRateLimit.MongoDB.Calls;

/// <summary>One command to the store, and what came of it.</summary>
/// <param name="id">The id of the bucket's document.</param>
internal abstract class Command(string id)
{
    public string Id => id;
}

/// <summary>Runs a pipeline on a document that is under certain numbers.</summary>
/// <param name="id">The id of the bucket's document.</param>
/// <param name="numbers">The numbers.</param>
/// <param name="pipeline">The pipeline.</param>
/// <param name="mayInsert">Whether it runs on an empty document where there is none.</param>
internal sealed class UpdateCommand(string id, string numbers, Items pipeline, bool mayInsert) : Command(id)
{
    public string Numbers => numbers;

    public Items Pipeline => pipeline;

    public bool MayInsert => mayInsert;

    /// <summary>The document as the pipeline left it; <see langword="null"/> where the one that is there is under other numbers, or there is none.</summary>
    public Document? Result { get; set; }
}

/// <summary>Reads a document, and the store's clock.</summary>
/// <param name="id">The id of the bucket's document.</param>
internal sealed class ReadCommand(string id) : Command(id)
{
    /// <summary>The document; <see langword="null"/> where there is none.</summary>
    public Document? Result { get; set; }

    /// <summary>The store's clock in milliseconds since the Unix epoch.</summary>
    public long Now { get; set; }
}

/// <summary>Replaces a document, if its numbers and its state still are what they were.</summary>
/// <param name="id">The id of the bucket's document.</param>
/// <param name="expected">The document as it was read.</param>
/// <param name="replacement">The document without its id.</param>
internal sealed class ReplaceCommand(string id, Document expected, Document replacement) : Command(id)
{
    public Document Expected => expected;

    public Document Replacement => replacement;

    /// <summary>Whether it was replaced.</summary>
    public bool IsDone { get; set; }
}

/// <summary>Deletes a document.</summary>
/// <param name="id">The id of the bucket's document.</param>
internal sealed class DeleteCommand(string id) : Command(id);
