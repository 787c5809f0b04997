using MedId.Ciba.Server;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>1,024 pending requests of 256 tenants in a store. Their interval is zero, so that a clock that stands or creeps finds them pending each time.</summary>
internal sealed class PendingRequests
{
    private readonly IProviderStore _store;
    private readonly string[] _digests;

    private PendingRequests(IProviderStore store, string[] authReqIds, string[] digests, string[] requestIds)
    {
        _store = store;
        _digests = digests;
        AuthReqIds = authReqIds;
        RequestIds = requestIds;
    }

    /// <summary>What the clients present.</summary>
    public IReadOnlyList<string> AuthReqIds { get; }

    /// <summary>What the store calls the requests.</summary>
    public IReadOnlyList<string> RequestIds { get; }

    public static async Task<PendingRequests> CreateAsync(IProviderStore store)
    {
        string[] authReqIds = [.. Enumerable.Range(0, Rotation.Inputs).Select(_ => SecretGenerator.Base64Url())];
        string[] digests = [.. authReqIds.Select(id => SecretDigest.Compute("auth_req_id", id))];
        var persons = new List<StoreScene>();
        foreach (var tenant in ProviderScene.Tenants)
        {
            persons.Add(await new StoreScene(store, tenant).EnrolledAsync());
        }

        var requestIds = new string[Rotation.Inputs];
        for (var index = 0; index < Rotation.Inputs; index++)
        {
            var scene = persons[index % Rotation.Keys].Again();
            requestIds[index] = scene.RequestId;
            var request = scene.Request() with { AuthReqIdDigest = digests[index], Interval = TimeSpan.Zero };
            Right.Is(await store.AddRequestAsync(request, maxPendingOfSubject: Rotation.Inputs / Rotation.Keys) == CibaAddOutcome.Added, "the request is added");
        }

        return new(store, authReqIds, digests, requestIds);
    }

    /// <summary>Polls the request of an input.</summary>
    public async ValueTask<CibaPoll> PollAsync(int index, DateTimeOffset at)
    {
        var poll = await _store.PollRequestAsync(ProviderScene.TenantOf(index), _digests[index], StoreScene.Client, at);
        return poll is { Outcome: CibaPollOutcome.Pending } ? poll : throw new InvalidOperationException($"The poll found {poll?.Outcome}.");
    }

    /// <summary>Each poll writes: when the client was too fast the next one hears so.</summary>
    public async Task CheckAsync()
    {
        var scene = await new StoreScene(_store, ProviderScene.TenantOf(0)).PendingAsync();
        Right.Is(await scene.PollAsync(StillTime.Now) == CibaPollOutcome.Pending, "pending at first");
        Right.Is(await scene.PollAsync(StillTime.Now.AddSeconds(1)) == CibaPollOutcome.SlowDown, "slower, when it comes too fast");
        Right.Is(await scene.PollAsync(StillTime.Now.AddSeconds(30), StoreScene.OtherClient) == CibaPollOutcome.Unknown, "unknown to another client");
    }
}
