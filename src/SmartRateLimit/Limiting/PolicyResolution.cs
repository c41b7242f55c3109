using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Keys;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Limiting;

/// <summary>What one table made of one policy.</summary>
internal sealed class PolicyResolution(PolicyTable table, RateLimitPolicy policy, IRateLimitBackend store)
{
    private readonly RateProgram _program = policy.Program;

    private LaneBinding? _binding;
    private volatile bool _isDirect;

    private readonly bool _staysInProcess = store is MemoryBackend;

    public PolicyTable Table { get; } = table;

    /// <summary>The policy in force.</summary>
    public RateLimitPolicy Policy { get; } = policy;

    /// <summary>The backend that keeps the buckets.</summary>
    public IRateLimitBackend Store { get; } = store;

    /// <summary>The backend that decides: the store, unless limiting is switched off.</summary>
    public IRateLimitBackend Backend { get; } = table.Settings.IsEnabled ? store : SkippingBackend.Instance;

    /// <summary>
    /// The backend that decides, where it is in this process: nearly every call ends there, so it is spared the way through
    /// the interface.
    /// </summary>
    public MemoryBackend? Memory { get; } = table.Settings.IsEnabled ? store as MemoryBackend : null;

    /// <summary>
    /// Whether a call can be decided directly, since it is neither delayed nor only observed: in the lane, or else in
    /// buckets. Known after the first call.
    /// </summary>
    public bool IsDirect => _isDirect;

    /// <summary>The lane of a policy that is direct; <see langword="null"/> where it has buckets.</summary>
    public KeyLane? Lane { get; private set; }

    /// <summary>What decisions of <see cref="Lane"/> say.</summary>
    public LaneCases? LaneCases { get; private set; }

    /// <summary>Admits a request on a key that has a bucket already; if not, nothing is charged.</summary>
    public bool TryAdmit(ReadOnlySpan<char> key, KeyIdentity identity, long cost) => Memory!.TryAdmit(_program, key, identity, cost);

    public void Acquire(ReadOnlySpan<char> key, long cost, out RateLimitDecision decision)
    {
        if (IsFolded(key))
        {
            decision = AcquireFolded(key, cost);
        }
        else if (Memory is { } memory)
        {
            memory.Acquire(Bind(memory), _program, key, cost, maxWait: 0, out decision);
        }
        else
        {
            decision = Backend.Acquire(Policy, key, cost);
        }
    }

    public ValueTask<RateLimitDecision> AcquireAsync(ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        if (IsFolded(key))
        {
            return AcquireFoldedAsync(key, cost, cancellationToken);
        }

        if (Memory is not { } memory || cancellationToken.IsCancellationRequested)
        {
            return Backend.AcquireAsync(Policy, key, cost, cancellationToken);
        }

        memory.Acquire(Bind(memory), _program, key, cost, _program.MaxWait, out var decision);
        return new(decision);
    }

    /// <summary>The key as the store may be given it.</summary>
    public ReadOnlySpan<char> Fold(ReadOnlySpan<char> key) => IsFolded(key) ? KeyFolding.Folded(key) : key;

    /// <inheritdoc cref="Fold(ReadOnlySpan{char})"/>
    public ReadOnlyMemory<char> Fold(ReadOnlyMemory<char> key) => IsFolded(key.Span) ? KeyFolding.Folded(key.Span) : key;

    /// <summary>The decision as the caller gets it: a policy that only observes neither rejects nor delays anybody.</summary>
    public RateLimitDecision InForce(in RateLimitDecision decision) =>
        !Policy.Shadow ? decision
        : decision.IsAllowed ? decision.WithDelay(0)
        : decision.Shadowed();

    private bool IsFolded(ReadOnlySpan<char> key) => _staysInProcess ? KeyFolding.IsNeededInProcess(key) : KeyFolding.IsNeeded(key);

    private LaneBinding Bind(MemoryBackend memory)
    {
        if (_binding is { } known)
        {
            return known;
        }

        var binding = memory.BindingOf(_program);
        if (!Policy.Shadow && _program.TellsNoDelays)
        {
            // In this order: others read the last first.
            (LaneCases, Lane) = (binding.Cases, binding.Lane);
            _isDirect = true;
        }

        return _binding = binding;
    }

    // Room for a folded key on the stack costs every method that has it.
    private RateLimitDecision AcquireFolded(ReadOnlySpan<char> key, long cost)
    {
        Span<char> folded = stackalloc char[KeyFolding.FoldedLength];
        KeyFolding.Fold(key, folded);
        return Backend.Acquire(Policy, folded, cost);
    }

    private ValueTask<RateLimitDecision> AcquireFoldedAsync(ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        Span<char> folded = stackalloc char[KeyFolding.FoldedLength];
        KeyFolding.Fold(key, folded);
        return Backend.AcquireAsync(Policy, folded, cost, cancellationToken);
    }
}
