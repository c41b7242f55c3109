using SmartRateLimit.Naming;

namespace SmartRateLimit.Tests.Naming;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("tenat", "tenant")]
    [InlineData("teannt", "tenant")]
    [InlineData("TENANT", "tenant")]
    [InlineData("tenants", "tenant")]
    [InlineData("di", "id")]
    [InlineData("is", "id")]
    [InlineData("regoin", "region")]
    public void A_slip_of_the_hand_finds_the_name_that_was_meant(string typed, string meant) =>
        Assert.Equal(meant, NearestName.Of(typed, ["count", "tenant", "id", "region"]));

    [Theory]
    [InlineData("customer")]
    [InlineData("x")]
    [InlineData("tenantIdentifier")]
    [InlineData("")]
    public void What_is_far_from_every_name_finds_none(string typed) =>
        Assert.Null(NearestName.Of(typed, ["count", "tenant", "region"]));

    [Fact]
    public void Of_two_that_are_as_near_the_first_is_found() =>
        Assert.Equal("cost", NearestName.Of("cast", ["cost", "case"]));
}
