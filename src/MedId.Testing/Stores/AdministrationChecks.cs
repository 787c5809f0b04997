using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>What operators ask of a store.</summary>
internal static class AdministrationChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("ListWaitingRequests_PendingAndOver_OnlyTheWaitingInPages", async (store, ct) =>
        {
            var one = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var two = one.Again();
            await store.AddRequestAsync(two.Request(), 8, ct).ConfigureAwait(false);
            var decided = one.Again();
            await store.AddRequestAsync(decided.Request(), 8, ct).ConfigureAwait(false);
            Expect.True(await store.TryDenyRequestAsync(one.Tenant, decided.RequestId, StoreScene.Now, ct).ConfigureAwait(false), "a denial");
            var seen = await AllAsync(store, one.Tenant, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.True(seen.Contains(one.RequestId, StringComparer.Ordinal) && seen.Contains(two.RequestId, StringComparer.Ordinal), "the waiting ones");
            Expect.False(seen.Contains(decided.RequestId, StringComparer.Ordinal), "the decided one");
            Expect.SameSequence(seen.Order(StringComparer.Ordinal), seen, "order");
            Expect.False((await AllAsync(store, one.Tenant, one.Request().ExpiresAt, ct).ConfigureAwait(false)).Contains(one.RequestId, StringComparer.Ordinal), "at its end");
            Expect.False((await AllAsync(store, ProviderStoreConformance.OtherTenant, StoreScene.Now, ct).ConfigureAwait(false)).Contains(one.RequestId, StringComparer.Ordinal), "from another tenant");
        }),
        new("TryCancelRequest_Pending_OneWinsWithItsLine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.False(await store.TryCancelRequestAsync(ProviderStoreConformance.OtherTenant, scene.RequestId, Line(scene), ct).ConfigureAwait(false), "from another tenant");
            var outcomes = await Expect.RaceAsync(_ => store.TryCancelRequestAsync(scene.Tenant, scene.RequestId, Line(scene), ct)).ConfigureAwait(false);
            Expect.OneWinner(outcomes, winner: true, loser: false, "the cancellation");
            Expect.Equal(CibaStatus.Denied, await scene.StatusAsync().ConfigureAwait(false), "the request");
            Expect.Equal(1, await LinesAsync(store, scene, AuditEventKind.RequestCancelled, ct).ConfigureAwait(false), "lines of the operator");
            Expect.Equal(0, await LinesAsync(store, scene, AuditEventKind.ConsentDenied, ct).ConfigureAwait(false), "lines in the person's name");
        }),
        new("WithdrawConsentByOrder_Given_EndsItInTheOperatorsName", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var line = Line(scene) with { Event = AuditEventKind.ConsentWithdrawn, ConsentId = scene.ConsentId, Subject = scene.AccountId, At = StoreScene.Now.AddMinutes(1) };
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawConsentByOrderAsync(scene.Tenant, scene.ConsentId, "somebody-else", "console", line, ct).ConfigureAwait(false), "another person's");
            Expect.Equal(
                WithdrawalOutcome.Unknown,
                await store.WithdrawConsentByOrderAsync(ProviderStoreConformance.OtherTenant, scene.ConsentId, scene.AccountId, "console", line, ct).ConfigureAwait(false),
                "from another tenant");
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent before");
            Expect.Equal(WithdrawalOutcome.Withdrawn, await store.WithdrawConsentByOrderAsync(scene.Tenant, scene.ConsentId, scene.AccountId, "console", line, ct).ConfigureAwait(false), "the order");
            Expect.Equal(WithdrawalOutcome.AlreadyWithdrawn, await store.WithdrawConsentByOrderAsync(scene.Tenant, scene.ConsentId, scene.AccountId, "console", line, ct).ConfigureAwait(false), "again");
            Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent afterwards");
            var last = (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false))[^1];
            Expect.Equal(("withdrawn", "console"), (last.Kind, last.By), "the history");
            Expect.Equal(1, await LinesAsync(store, scene, AuditEventKind.ConsentWithdrawn, ct).ConfigureAwait(false), "lines of the trail");
        }),
        new("FindOldestDueMessage_DueAndNot_SaysSinceWhen", async (store, ct) =>
        {
            var tenant = ProviderStoreConformance.OtherTenant;
            var at = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
            Expect.Equal(null, await store.FindOldestDueMessageAsync(tenant, at, ct).ConfigureAwait(false), "nothing is due so early");
            await store.AddMessageAsync(Message(tenant, at.AddSeconds(1), at.AddMinutes(1)), ct).ConfigureAwait(false);
            await store.AddMessageAsync(Message(tenant, at.AddSeconds(2), at.AddMinutes(2)), ct).ConfigureAwait(false);
            Expect.Equal(null, await store.FindOldestDueMessageAsync(tenant, at, ct).ConfigureAwait(false), "not due yet");
            Expect.Equal(at.AddSeconds(1), await store.FindOldestDueMessageAsync(tenant, at.AddSeconds(1), ct).ConfigureAwait(false), "due now");
            Expect.Equal(at.AddSeconds(1), await store.FindOldestDueMessageAsync(tenant, at.AddSeconds(30), ct).ConfigureAwait(false), "the older of two");
            Expect.Equal(at.AddSeconds(2), await store.FindOldestDueMessageAsync(tenant, at.AddMinutes(1), ct).ConfigureAwait(false), "the first is over");
            Expect.Equal(null, await store.FindOldestDueMessageAsync(tenant, at.AddMinutes(2), ct).ConfigureAwait(false), "both are over");
        }),
    ];

    private static OutboxMessage Message(TenantId tenant, DateTimeOffset due, DateTimeOffset end) =>
        new() { Tenant = tenant, Id = StoreScene.NewId("message"), Kind = StoreScene.NewId("kind"), Subject = "one", DueAt = due, ExpiresAt = end };

    private static AuditLine Line(StoreScene scene) =>
        new() { Event = AuditEventKind.RequestCancelled, At = StoreScene.Now, Agents = [AuditAgent.Administrator("synthetic-operator")], RequestId = scene.RequestId, Reason = "conformance" };

    private static async ValueTask<List<string>> AllAsync(IProviderStore store, TenantId tenant, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<string> all = [];
        while (true)
        {
            var page = await store.ListWaitingRequestsAsync(tenant, at, all.Count == 0 ? null : all[^1], 2, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Select(static one => one.Id));
            if (page.Count < 2)
            {
                return all;
            }
        }
    }

    private static async ValueTask<int> LinesAsync(IProviderStore store, StoreScene scene, AuditEventKind kind, CancellationToken cancellationToken)
    {
        var lines = 0;
        long from = 1;
        while (true)
        {
            var page = await store.ListAuditAsync(scene.Tenant, from, 1000, cancellationToken).ConfigureAwait(false);
            lines += page.Count(entry => AuditEntry.Parse(entry.Bytes).Value is { Line: var line } && line.Event == kind && (line.RequestId == scene.RequestId || line.ConsentId == scene.ConsentId));
            if (page.Count < 1000)
            {
                return lines;
            }

            from += page.Count;
        }
    }
}
