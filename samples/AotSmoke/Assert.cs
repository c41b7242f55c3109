namespace SmartRateLimit.Contract;

/// <summary>What the numeric cases need of a test framework.</summary>
internal static class Assert
{
    public static void True(bool holds, string? message = null)
    {
        if (!holds)
        {
            Fail(message ?? "It does not hold.");
        }
    }

    public static void Fail(string message) => throw new InvalidOperationException(message);
}
