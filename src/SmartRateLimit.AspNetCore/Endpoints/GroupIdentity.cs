using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>
/// Learns the prefix under which a group ended up, outer groups included, by standing among the group's endpoints as a
/// source of none. The prefix names the group's bucket; a further limit on the same prefix has a number.
/// </summary>
internal sealed class GroupIdentity : EndpointDataSource
{
    private static readonly ConditionalWeakTable<IServiceProvider, Dictionary<string, List<GroupIdentity>>> Applications = [];

    public override IReadOnlyList<Endpoint> Endpoints => [];

    public string Name { get; private set; } = "group";

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context)
    {
        var prefix = "/" + context.Prefix.RawText?.Trim('/');
        var occurrence = Occurrence(Applications.GetOrCreateValue(context.ApplicationServices), prefix);
        Name = occurrence == 1 ? "group " + prefix : $"group {prefix}#{occurrence}";
        return [];
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    private int Occurrence(Dictionary<string, List<GroupIdentity>> groups, string prefix)
    {
        lock (groups)
        {
            if (!groups.TryGetValue(prefix, out var limits))
            {
                groups.Add(prefix, limits = []);
            }

            if (!limits.Contains(this))
            {
                limits.Add(this);
            }

            return limits.IndexOf(this) + 1;
        }
    }
}
