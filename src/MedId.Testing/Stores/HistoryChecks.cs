using MedId.Consent;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class HistoryChecks
{
    private const string Api = "health-record-api";

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("History_WholeLife_IsOneChain", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.True(await ReadAsync(scene, StoreScene.Now.AddMinutes(1), TimeSpan.Zero).ConfigureAwait(false), "read");
            await store.AppendConsentEventAsync(scene.Tenant, scene.ConsentId, new(StoreScene.Now.AddMinutes(2), "told", StoreScene.Client), ct).ConfigureAwait(false);
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(3), ct).ConfigureAwait(false);
            var entries = await EntriesAsync(scene).ConfigureAwait(false);
            Expect.SameSequence(
                [ConsentEventKind.Asked, ConsentEventKind.Given, ConsentEventKind.Read, ConsentEventKind.Told, ConsentEventKind.Withdrawn], entries.Select(entry => entry.Event.Kind), "the events");
            Expect.True(entries.All(entry => entry.Event.ConsentId == scene.ConsentId), "the consent");
            Expect.Equal(Api, entries[2].Event.By, "who read");
            Expect.True(entries[0].Event.ContentDigest is not null && entries[1].Event.ContentDigest is not null, "what was shown and chosen is in the chain");
            Expect.Equal(ConsentChains.HeadAfter(entries[^1]), await store.FindHistoryHeadAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "the head");
            var lines = await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.SameSequence(["given 2", "read 3", "told 4", "withdrawn 5"], lines.Select(line => $"{line.Kind} {line.Entry}"), "the patient's lines name their entries");
        }),
        new("History_Narrowed_IsGivenThenNarrowed", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval("patient/MedicationRequest.read"), ct).ConfigureAwait(false), "approval");
            Expect.SameSequence([ConsentEventKind.Asked, ConsentEventKind.Given, ConsentEventKind.Narrowed], await KindsAsync(scene).ConfigureAwait(false), "the events");
        }),
        new("History_Denied_IsAskedThenRefused", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.True(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now.AddSeconds(10), ct).ConfigureAwait(false), "denial");
            Expect.SameSequence([ConsentEventKind.Asked, ConsentEventKind.Refused], await KindsAsync(scene).ConfigureAwait(false), "the events");
            Expect.False(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now.AddSeconds(11), ct).ConfigureAwait(false), "again");
            Expect.Equal(2, (await EntriesAsync(scene).ConfigureAwait(false)).Count, "entries");
        }),
        new("History_RequestOfAnotherContext_IsAskedAndGivenAtOnce", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request() with { Context = "of a host's own" }, 8, ct).ConfigureAwait(false);
            Expect.Null(await store.FindHistoryHeadAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "nothing yet");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "approval");
            Expect.SameSequence([ConsentEventKind.Asked, ConsentEventKind.Given], await KindsAsync(scene).ConfigureAwait(false), "the events");
        }),
        new("History_Sweep_ExpiresWhatHasEndedOnce", async (store, ct) =>
        {
            var given = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var asked = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            await store.SweepAsync(StoreScene.RequestEnd.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.Equal(1, (await EntriesAsync(asked).ConfigureAwait(false)).Count, "before the end of the request");
            await store.SweepAsync(StoreScene.RequestEnd, ct).ConfigureAwait(false);
            Expect.SameSequence([ConsentEventKind.Asked, ConsentEventKind.Expired], await KindsAsync(asked).ConfigureAwait(false), "nobody answered");
            Expect.Equal(2, (await EntriesAsync(given).ConfigureAwait(false)).Count, "before the end of the consent");
            await store.SweepAsync(StoreScene.AccessEnd, ct).ConfigureAwait(false);
            await store.SweepAsync(StoreScene.AccessEnd.AddHours(1), ct).ConfigureAwait(false);
            Expect.SameSequence([ConsentEventKind.Asked, ConsentEventKind.Given, ConsentEventKind.Expired], await KindsAsync(given).ConfigureAwait(false), "its time is over");
            Expect.Equal(2, (await EntriesAsync(asked).ConfigureAwait(false)).Count, "once");
        }),
        new("History_WithdrawnOrDenied_DoesNotExpire", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            await store.SweepAsync(StoreScene.AccessEnd.AddHours(1), ct).ConfigureAwait(false);
            Expect.SameSequence([ConsentEventKind.Asked, ConsentEventKind.Given, ConsentEventKind.Withdrawn], await KindsAsync(scene).ConfigureAwait(false), "the events");
        }),
        new("History_ClockBehind_IsDatedWithTheEntryBefore", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddHours(-1), ct).ConfigureAwait(false);
            var entries = await EntriesAsync(scene).ConfigureAwait(false);
            Expect.Equal(entries[1].Event.At, entries[2].Event.At, "the time of the withdrawal");
        }),
        new("History_SeveralConsentsOfOnePerson_AreOneChain", async (store, ct) =>
        {
            var first = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var second = first.Again();
            await store.AddRequestAsync(second.Request(), 8, ct).ConfigureAwait(false);
            var other = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.SameSequence([first.ConsentId, first.ConsentId, second.ConsentId], (await EntriesAsync(first).ConfigureAwait(false)).Select(entry => entry.Event.ConsentId), "the consents");
            Expect.Equal(2, (await EntriesAsync(other).ConfigureAwait(false)).Count, "another person's chain");
        }),
        new("History_ManyAtOnce_IsOneChainThatNobodyForks", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await Expect.RaceAsync(async number =>
            {
                await store.AppendConsentEventAsync(scene.Tenant, scene.ConsentId, new(StoreScene.Now.AddMinutes(1), "told", $"client-{number}"), ct).ConfigureAwait(false);
                return number;
            }).ConfigureAwait(false);
            Expect.Equal(2 + ProviderStoreConformance.Racers, (await EntriesAsync(scene).ConfigureAwait(false)).Count, "entries");
        }),
        new("History_Pages_AreThePiecesOfTheWhole", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var second = await store.ListHistoryAsync(scene.Tenant, scene.AccountId, 2, 1, ct).ConfigureAwait(false);
            Expect.Equal(1, second.Count, "one entry");
            var entries = await EntriesAsync(scene).ConfigureAwait(false);
            Expect.True(second[0].Span.SequenceEqual(entries[1].ToBytes()), "the second");
            Expect.Equal(0, (await store.ListHistoryAsync(scene.Tenant, scene.AccountId, 3, 1000, ct).ConfigureAwait(false)).Count, "past the end");
            Expect.Equal(0, (await store.ListHistoryAsync(ProviderStoreConformance.OtherTenant, scene.AccountId, 1, 1000, ct).ConfigureAwait(false)).Count, "in another tenant");
            await Expect.MisuseAsync(async () => await store.ListHistoryAsync(scene.Tenant, scene.AccountId, 0, 1, ct).ConfigureAwait(false), "place 0").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.ListHistoryAsync(scene.Tenant, scene.AccountId, 1, 1001, ct).ConfigureAwait(false), "too large a page").ConfigureAwait(false);
        }),
        new("RecordRead_ActiveConsent_WritesHistoryAndAuditTogether", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.True(await ReadAsync(scene, StoreScene.Now.AddMinutes(1), TimeSpan.Zero).ConfigureAwait(false), "active");
            Expect.Equal(AuditEventKind.DataAccessed, (await AuditChecks.OfAsync(scene).ConfigureAwait(false))[^1].Line.Event, "the audit line");
            Expect.Equal(ConsentEventKind.Read, (await KindsAsync(scene).ConfigureAwait(false))[^1], "the entry");
        }),
        new("RecordRead_ConsentNotActive_WritesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.False(await ReadAsync(scene, StoreScene.AccessEnd, TimeSpan.Zero).ConfigureAwait(false), "at its end");
            var stranger = new StoreScene(store) { ConsentId = scene.ConsentId };
            Expect.False(await ReadAsync(stranger, StoreScene.Now.AddMinutes(1), TimeSpan.Zero).ConfigureAwait(false), "of another person");
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            var entries = (await EntriesAsync(scene).ConfigureAwait(false)).Count;
            Expect.False(await ReadAsync(scene, StoreScene.Now.AddMinutes(1), TimeSpan.Zero).ConfigureAwait(false), "withdrawn at the same instant");
            Expect.Equal(entries, (await EntriesAsync(scene).ConfigureAwait(false)).Count, "entries");
            Expect.False((await AuditChecks.OfAsync(scene).ConfigureAwait(false)).Any(entry => entry.Line.Event == AuditEventKind.DataAccessed), "no line of an access");
        }),
        new("RecordRead_CloseTogether_IsOneLineOfEachResourceServerAndEachIsAudited", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var (at, apart) = (StoreScene.Now.AddMinutes(1), TimeSpan.FromMinutes(1));
            await ReadAsync(scene, at, apart).ConfigureAwait(false);
            await ReadAsync(scene, at + apart - TimeSpan.FromTicks(1), apart).ConfigureAwait(false);
            await ReadAsync(scene, at, apart, "other-api").ConfigureAwait(false);
            await ReadAsync(scene, at + apart, apart).ConfigureAwait(false);
            await ReadAsync(scene, at + apart, TimeSpan.Zero).ConfigureAwait(false);
            var reads = (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false)).Where(static line => line.Kind == "read").Select(line => line with { Entry = null });
            Expect.SameSequence([new(at, "read", Api), new(at, "read", "other-api"), new(at + apart, "read", Api), new(at + apart, "read", Api)], reads, "the lines");
            Expect.Equal(5, (await AuditChecks.OfAsync(scene).ConfigureAwait(false)).Count(entry => entry.Line.Event == AuditEventKind.DataAccessed), "audited accesses");
        }),
        new("RecordRead_AtTheSameTime_IsOneLine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(async _ => await ReadAsync(scene, StoreScene.Now.AddMinutes(1), TimeSpan.FromMinutes(1)).ConfigureAwait(false)).ConfigureAwait(false);
            Expect.True(outcomes.All(static active => active), "all active");
            Expect.Equal(1, (await KindsAsync(scene).ConfigureAwait(false)).Count(kind => kind == ConsentEventKind.Read), "entries");
        }),
        new("Receipt_Newest_IsKeptAndDueIsTold", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal((null, false), await store.FindReceiptAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "an asking is no change");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "approval");
            Expect.Equal((null, true), await store.FindReceiptAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "after the approval");
            Expect.True((await DueAsync(scene).ConfigureAwait(false)).Contains(scene.AccountId), "listed");
            var head = (await store.FindHistoryHeadAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false))!;
            Expect.False(await store.TryKeepReceiptAsync(scene.Tenant, scene.AccountId, Receipt(head with { Digest = new('A', 43) }), ct).ConfigureAwait(false), "over another history");
            Expect.False(await store.TryKeepReceiptAsync(scene.Tenant, scene.AccountId, Receipt(head with { Length = 3 }), ct).ConfigureAwait(false), "over what is not there");
            Expect.True(await store.TryKeepReceiptAsync(scene.Tenant, scene.AccountId, Receipt(head), ct).ConfigureAwait(false), "its own");
            Expect.False(await store.TryKeepReceiptAsync(scene.Tenant, scene.AccountId, Receipt(head), ct).ConfigureAwait(false), "again");
            var (kept, due) = await store.FindReceiptAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.Equal((head, false), (kept!.Head, due), "the receipt");
            Expect.False((await DueAsync(scene).ConfigureAwait(false)).Contains(scene.AccountId), "no longer listed");
            await ReadAsync(scene, StoreScene.Now.AddMinutes(1), TimeSpan.Zero).ConfigureAwait(false);
            Expect.False((await store.FindReceiptAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).IsDue, "a read is no change");
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(2), ct).ConfigureAwait(false);
            (kept, due) = await store.FindReceiptAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.Equal((head, true), (kept!.Head, due), "after the withdrawal the older one stays until the next");
        }),
        new("Receipt_OlderThanTheLastChange_StaysDue", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var head = (await store.FindHistoryHeadAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false))!;
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(2), ct).ConfigureAwait(false);
            Expect.True(await store.TryKeepReceiptAsync(scene.Tenant, scene.AccountId, Receipt(head), ct).ConfigureAwait(false), "kept");
            Expect.True((await store.FindReceiptAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).IsDue, "still due");
        }),
    ];

    /// <summary>A person's entries, read as their holder reads them; the links are judged.</summary>
    internal static async Task<IReadOnlyList<HistoryEntry>> EntriesAsync(StoreScene scene)
    {
        var lines = await scene.Store.ListHistoryAsync(scene.Tenant, scene.AccountId, 1, 1000).ConfigureAwait(false);
        var entries = ConsentChains.Parse(lines);
        Expect.Equal(ConsentErrorCodes.HistoryTimestamp, ConsentChains.Judge(entries)?.Code, "what is wrong with the chain besides that no receipt is there");
        return entries;
    }

    internal static async Task<IReadOnlyList<ConsentEventKind>> KindsAsync(StoreScene scene) => [.. (await EntriesAsync(scene).ConfigureAwait(false)).Select(entry => entry.Event.Kind)];

    internal static ValueTask<bool> ReadAsync(StoreScene scene, DateTimeOffset at, TimeSpan apart, string api = Api) =>
        scene.Store.TryRecordReadAsync(scene.Tenant, scene.ConsentId, scene.AccountId, api, AuditChecks.Line(scene, AuditEventKind.DataAccessed, at), apart);

    private static HistoryReceipt Receipt(HistoryHead head) => new(head, new byte[] { 0x30, 0x00 });

    private static async Task<List<string>> DueAsync(StoreScene scene)
    {
        var due = new List<string>();
        while (await scene.Store.ListDueReceiptsAsync(scene.Tenant, due.LastOrDefault(), 3).ConfigureAwait(false) is { Count: > 0 } page)
        {
            due.AddRange(page);
        }

        return due;
    }
}
