using System.IO.Compression;

namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>
/// What users can call changes on purpose only: it is compared with the texts in <c>Approved</c>. After a change that is
/// meant, put the <c>.received.txt</c> that a failing test writes in the place of the approved one, and commit both.
/// </summary>
public sealed class PublicApiTests(PackedFeed feed)
{
    private static readonly string Approved = Path.Combine(Tool.RepositoryRoot, "tests", "SmartRateLimit.Build.Tests", "Approved");

    public static TheoryData<string, string> Assemblies
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var package in Directory.EnumerateDirectories(Path.Combine(Tool.RepositoryRoot, "src")).Select(folder => Path.GetFileName(folder)))
            {
                data.Add(package, "net8.0");
                data.Add(package, "net10.0");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_surface_of_a_package_is_the_approved_one(string package, string framework)
    {
        using var archive = ZipFile.OpenRead(feed.Find(package));
        using var entry = archive.GetEntry($"lib/{framework}/{package}.dll")!.Open();
        using var assembly = new MemoryStream();
        entry.CopyTo(assembly);
        assembly.Position = 0;

        Compare(PublicApi.Of(package, assembly), Path.Combine(Approved, $"{package}.{framework}"));
    }

    private static void Compare(string actual, string name)
    {
        var (approved, received) = (name + ".txt", name + ".received.txt");
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Approved);
        File.WriteAllText(received, actual);
        var known = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        var now = actual.Split('\n');
        Assert.Fail($"The public surface differs from {approved}; see {received}.\nGone:\n{string.Join('\n', known.Except(now))}\nNew:\n{string.Join('\n', now.Except(known))}");
    }
}
