using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Policies;
using static SmartRateLimit.MongoDB.Expressions.Operators;

namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>
/// What one rate adds to a pipeline. Its fields in the making carry the rate's place before their name; its state is the
/// sub-document of that place.
/// </summary>
/// <param name="numbers">The rate.</param>
/// <param name="place">Its place in the policy, such as <c>r0</c>.</param>
internal abstract class RateStages(RateNumbers numbers, string place)
{
    public string Place => place;

    /// <summary>Fields that do not outlive the pipeline.</summary>
    public abstract IEnumerable<string> Temporary { get; }

    /// <summary>Whether the clock stepped back so far that everything counts as spent now.</summary>
    public Node HasStepped => Own(nameof(HasStepped));

    /// <summary>The latest time, in milliseconds, at which the bucket could still be told from a new one.</summary>
    public abstract Node Expiry { get; }

    protected RateNumbers Numbers => numbers;

    protected static Node Time => Field(PolicyStages.Now);

    /// <summary>Brings the stored state to this moment, a stage after the other; each sees what the one before left.</summary>
    public abstract IEnumerable<Document> Observe();

    /// <summary>Whether so many permits fit.</summary>
    /// <param name="permits">Those of this request and of all before it in the same call.</param>
    /// <param name="before">Those of the requests before it.</param>
    /// <param name="mayReserve">Whether the request may wait.</param>
    public abstract Node Fits(Node permits, Node before, bool mayReserve);

    /// <summary>The most permits that can ever fit at once.</summary>
    public virtual long MostPermits(bool mayReserve) => numbers.Capacity;

    /// <summary>The state after so many permits were taken.</summary>
    public abstract Node Charged(Node permits);

    /// <summary>The state after so many permits were handed back; <see langword="null"/> where no pipeline says it.</summary>
    public abstract Node? Refunded(long permits);

    protected string Name(string field) => place + field;

    protected Node Own(string field) => Field(place + field);

    /// <summary>What is stored, or something else where the bucket is new.</summary>
    protected Node Stored(string field, Node whenNew) => If(Field(PolicyStages.IsNew), whenNew, Field($"{PolicyStages.State}.{place}.{field}"));
}
