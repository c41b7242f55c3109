namespace SmartRateLimit.MongoDB.Calls;

/// <summary>Those of some requests that one command decides: for one bucket, of one policy, in their order.</summary>
internal sealed class CallPart
{
    private readonly List<StoreRequest> _requests = [];
    private readonly List<int> _places = [];

    private CallPart(in StoreRequest first) => Bucket = (first.Policy.Name, first.Key.ToString());

    /// <summary>The bucket. Parts of one bucket are of different policies of one name, and take their turns.</summary>
    public (string Policy, string Key) Bucket { get; }

    public IReadOnlyList<StoreRequest> Requests => _requests;

    /// <summary>How many requests these are when each is counted.</summary>
    public int Callers { get; private set; }

    public static List<CallPart> Of(ReadOnlySpan<StoreRequest> requests)
    {
        var parts = new List<CallPart>(requests.Length);
        var newest = new Dictionary<(string, string), CallPart>();
        var place = 0;
        foreach (ref readonly var request in requests)
        {
            var bucket = (request.Policy.Name, request.Key.ToString());
            if (!newest.TryGetValue(bucket, out var part) || part._requests[0].Policy != request.Policy)
            {
                parts.Add(part = new CallPart(request));
                newest[bucket] = part;
            }

            part._requests.Add(request);
            part._places.Add(place);
            part.Callers += request.Count;
            place += request.Count;
        }

        return parts;
    }

    /// <summary>Puts the decisions of this part where those of its requests belong among all.</summary>
    public void Spread(ReadOnlySpan<RateLimitDecision> own, Span<RateLimitDecision> all)
    {
        for (var i = 0; i < _requests.Count; i++)
        {
            own[.._requests[i].Count].CopyTo(all[_places[i]..]);
            own = own[_requests[i].Count..];
        }
    }
}
