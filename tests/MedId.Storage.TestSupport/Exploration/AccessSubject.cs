using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Storage.TestSupport.Exploration;

/// <summary>A real store, brought from state to state by its verbs alone.</summary>
internal abstract class AccessSubject : IDisposable
{
    protected static StoreScene SceneOn(IProviderStore store) =>
        new(store) { AccountId = "account", RequestId = "request", Digest = "digest", ConsentId = "consent", KeyId = "key" };

    public abstract IReadOnlyList<StoreScene> Nodes { get; }

    /// <summary>Everything that the store keeps, in one text that is equal exactly for equal states.</summary>
    public abstract Task<string> DumpAsync();

    /// <summary>What is needed to come back to the present state.</summary>
    public abstract object Save(IReadOnlyList<AccessEvent> path);

    public abstract Task RestoreAsync(object saved);

    /// <summary>The state as it would be found after a power cut now; null where nothing outlives the process.</summary>
    public virtual Task<(string Dump, bool? Redeemed)?> CrashAsync(DateTimeOffset at) => Task.FromResult<(string, bool?)?>(null);

    /// <summary>Lets the process die inside the event's transaction; true when something was kept all the same, null where there is no transaction to die in.</summary>
    public virtual Task<bool?> DieInsideAsync(AccessEvent what, DateTimeOffset at) => Task.FromResult<bool?>(null);

    public abstract void Dispose();

    public static async Task<object> RunAsync(StoreScene scene, AccessEvent what, DateTimeOffset at)
    {
        var store = scene.Store;
        switch (what)
        {
            case AccessEvent.Poll:
                return (await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, at))!.Outcome;
            case AccessEvent.PollOfAnotherClient:
                return (await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.OtherClient, at))!.Outcome;
            case AccessEvent.Approve:
                return await store.TryApproveAsync(scene.Approval() with { At = at });
            case AccessEvent.Narrow:
                return await store.TryApproveAsync(scene.Approval("patient/MedicationRequest.read") with { At = at });
            case AccessEvent.Deny:
                return await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, at);
            case AccessEvent.Redeem:
                return await RedeemAsync(scene, at);
            case AccessEvent.Refresh:
                var next = scene.RefreshToken("refresh-1", "family") with { Grant = scene.Grant("patient/MedicationRequest.read") };
                return await store.RotateRefreshTokenAsync(scene.Tenant, "refresh-0", StoreScene.Client, next, at);
            case AccessEvent.Withdraw:
                return await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at);
            case AccessEvent.Suspend:
                return await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, at);
            case AccessEvent.Reactivate:
                return await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Active, at);
            default:
                return true;
        }
    }

    /// <summary>As the token endpoint does: from the grant that the poll showed; a request without a grant is tried with one all the same.</summary>
    protected static async Task<bool> RedeemAsync(StoreScene scene, DateTimeOffset at)
    {
        var request = await scene.Store.FindRequestAsync(scene.Tenant, scene.RequestId);
        var token = scene.RefreshToken("refresh-0", "family");
        return await scene.Store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, token with { Grant = request!.Grant ?? token.Grant }, at);
    }

    /// <summary>What the verbs show of the state.</summary>
    public static async Task<AccessView> ViewAsync(StoreScene scene, DateTimeOffset at)
    {
        var store = scene.Store;
        var request = (await store.FindRequestAsync(scene.Tenant, scene.RequestId))!;
        var consent = await store.FindConsentAsync(scene.Tenant, scene.ConsentId);
        var lines = await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId);
        var first = await store.FindRefreshTokenAsync(scene.Tenant, "refresh-0");
        var second = await store.FindRefreshTokenAsync(scene.Tenant, "refresh-1");
        return new(
            request.Status,
            request.Grant?.Scopes.Count - 1,
            consent?.ScopesGranted.Count,
            consent is not null,
            await store.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at),
            lines.Count(line => line.Kind == "token-issued"),
            first is not null,
            second is not null,
            JsonSerializer.Serialize(new { request, consent, lines, first, second, device = await store.ListDevicesAsync(scene.Tenant, scene.AccountId) }));
    }
}
