using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class ReuseChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("FindConsentMark_Given_IsWhatTheRecordSays", async (store, ct) =>
        {
            Expect.Null(await store.FindConsentMarkAsync(ProviderStoreConformance.Tenant, "unknown", ct).ConfigureAwait(false), "unknown");
            var plain = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.Equal(new(ConsentReuse.EachTime, RecipientVersion: null), await store.FindConsentMarkAsync(plain.Tenant, plain.ConsentId, ct).ConfigureAwait(false), "nothing said");
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var approval = scene.Approval();
            approval = approval with { Consent = approval.Consent with { Reuse = ConsentReuse.AccessToken, Notice = approval.Consent.Notice with { RecipientVersion = 7 } } };
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "approval");
            Expect.Equal(new(ConsentReuse.AccessToken, 7), await store.FindConsentMarkAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false), "reuse and version");
            Expect.Equal(ConsentReuse.AccessToken, (await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false))!.Reuse, "the record");
        }),
    ];
}
