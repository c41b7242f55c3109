namespace SmartRateLimit.Testing;

/// <summary>Which answer is next: that of the script while it lasts, then the standing one.</summary>
internal sealed class AnswerScript
{
    private readonly object _gate = new();
    private readonly Queue<TestAnswer> _script = [];
    private Func<RateLimitRequest, TestAnswer> _standing = static _ => TestAnswer.Enforce;

    public void Stand(Func<RateLimitRequest, TestAnswer> answer)
    {
        lock (_gate)
        {
            _script.Clear();
            _standing = answer;
        }
    }

    public void Enqueue(ReadOnlySpan<TestAnswer> answers)
    {
        lock (_gate)
        {
            foreach (var answer in answers)
            {
                ArgumentNullException.ThrowIfNull(answer, nameof(answers));
                _script.Enqueue(answer);
            }
        }
    }

    public TestAnswer Next(in RateLimitRequest request)
    {
        Func<RateLimitRequest, TestAnswer> standing;
        lock (_gate)
        {
            if (_script.TryDequeue(out var scripted))
            {
                return scripted;
            }

            standing = _standing;
        }

        return standing(request) ?? throw new InvalidOperationException("The function given to AnswerWith returned null; return TestAnswer.Enforce where the declared limit is to decide.");
    }
}
