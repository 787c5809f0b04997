using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class ReuseChecks
{
    private const string Api = "health-record-api";

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
        new("NoteRead_CloseTogether_IsOneLineOfEachResourceServer", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var (at, apart) = (StoreScene.Now.AddMinutes(1), TimeSpan.FromMinutes(1));
            Expect.True(await store.NoteReadAsync(scene.Tenant, scene.ConsentId, Api, at, apart, ct).ConfigureAwait(false), "the first");
            Expect.False(await store.NoteReadAsync(scene.Tenant, scene.ConsentId, Api, at + apart - TimeSpan.FromTicks(1), apart, ct).ConfigureAwait(false), "just before the time is over");
            Expect.True(await store.NoteReadAsync(scene.Tenant, scene.ConsentId, "other-api", at, apart, ct).ConfigureAwait(false), "another resource server");
            Expect.True(await store.NoteReadAsync(scene.Tenant, scene.ConsentId, Api, at + apart, apart, ct).ConfigureAwait(false), "when it is over");
            Expect.True(await store.NoteReadAsync(scene.Tenant, scene.ConsentId, Api, at + apart, TimeSpan.Zero, ct).ConfigureAwait(false), "each");
            Expect.False(await store.NoteReadAsync(scene.Tenant, "unknown", Api, at, TimeSpan.Zero, ct).ConfigureAwait(false), "no such consent");
            var reads = (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false)).Where(static line => line.Kind == "read");
            Expect.SameSequence([new(at, "read", Api), new(at, "read", "other-api"), new(at + apart, "read", Api), new(at + apart, "read", Api)], [.. reads], "the lines");
        }),
        new("NoteRead_AtTheSameTime_IsOneLine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
                Task.Run(async () => await store.NoteReadAsync(scene.Tenant, scene.ConsentId, Api, StoreScene.Now, TimeSpan.FromMinutes(1), ct).ConfigureAwait(false), ct))).ConfigureAwait(false);
            Expect.Equal(1, outcomes.Count(static written => written), "lines written");
        }),
    ];
}
