using SmartRateLimit.Pictures;

namespace SmartRateLimit.Documentation.Tests;

/// <summary>The pictures show what the algorithms decide today.</summary>
public sealed class PictureTests
{
    public static TheoryData<RateLimitAlgorithm> Algorithms => [.. Enum.GetValues<RateLimitAlgorithm>()];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task The_picture_of_an_algorithm_is_what_the_program_draws(RateLimitAlgorithm algorithm)
    {
        var file = "pictures/" + Drawing.FileName(algorithm);

        Assert.Equal(await Drawing.OfAsync(algorithm), Repository.Read("docs/" + file));
        Assert.Contains($"]({file})", Repository.Read("docs/algorithms.md"), StringComparison.Ordinal);
    }
}
