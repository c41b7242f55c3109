using System.Reflection;

namespace SmartRateLimit.MongoDB.Tests;

/// <summary>Names the tests that a build without the driver does not have.</summary>
public sealed class LeftOutTests
{
    public static TheoryData<string> OfServers => [.. typeof(LeftOutTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "LeftOut").Value!.Split(';')];

    [Theory]
    [MemberData(nameof(OfServers))]
    public void Tests_on_a_server_are_not_run_without_the_driver(string tests) =>
        Assert.Skip($"{tests} was not run: this build left MongoDB out, since not all packages that its driver needs are to be had. Build with WithMongoDB=true where they are.");
}
