namespace WebApi;

/// <summary>The keys that were given out. A real application keeps hashes of them in a store.</summary>
public static class Staff
{
    private const string Administrator = "admin-key";

    public static bool Knows(string key) => key is Administrator or "clerk-key";

    public static bool IsAdministrator(string? key) => key == Administrator;
}
