using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class OutboxChecks
{
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _instant = TimeSpan.FromMilliseconds(1);

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("LeaseMessages_Due_GivesWhatWasStoredWithAnAttemptMore", async (store, ct) =>
        {
            var message = Message() with { Body = """{"合成":"データ"}""" };
            Expect.True(await store.AddMessageAsync(message, ct).ConfigureAwait(false), "added");
            var leased = await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false);
            Expect.Equal(message with { Attempts = 1, DueAt = message.DueAt + _lease, Lease = leased!.Lease }, leased, "the message");
            Expect.True(leased.Lease is { Length: >= 16 }, "a lease that nobody guesses");
        }),
        new("AddMessage_SameId_AddsNothing", async (store, ct) =>
        {
            var message = Message() with { Body = "1" };
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            Expect.False(await store.AddMessageAsync(message with { Body = "2", DueAt = message.DueAt.AddMinutes(-1) }, ct).ConfigureAwait(false), "the same id");
            Expect.Equal("1", (await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false))?.Body, "the body");
            Expect.True(await store.AddMessageAsync(message with { Tenant = ProviderStoreConformance.OtherTenant }, ct).ConfigureAwait(false), "of the other tenant");
        }),
        new("LeaseMessages_NotDueExpiredOrOfAnotherKind_AreLeft", async (store, ct) =>
        {
            var message = Message();
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            Expect.Null(await OneAsync(store, message, message.DueAt - _instant, ct).ConfigureAwait(false), "before it is due");
            Expect.Null(await OneAsync(store, message, message.ExpiresAt, ct).ConfigureAwait(false), "at its end");
            Expect.Null(await OneAsync(store, message with { Kind = message.Kind + "2" }, message.DueAt, ct).ConfigureAwait(false), "another kind");
            Expect.Null(await OneAsync(store, message with { Tenant = ProviderStoreConformance.OtherTenant }, message.DueAt, ct).ConfigureAwait(false), "another tenant");
            Expect.True(await OneAsync(store, message, message.ExpiresAt - _instant, ct).ConfigureAwait(false) is not null, "just before its end");
        }),
        new("LeaseMessages_Many_ThoseDueFirstBeforeTheOthers", async (store, ct) =>
        {
            var first = Message();
            for (var number = 4; number >= 0; number--)
            {
                await store.AddMessageAsync(first with { Id = first.Id + number, DueAt = first.DueAt.AddSeconds(number) }, ct).ConfigureAwait(false);
            }

            var leased = await store.LeaseMessagesAsync(first.Tenant, [first.Kind], first.DueAt.AddSeconds(3), _lease, 3, ct).ConfigureAwait(false);
            Expect.SameSequence([first.Id + 0, first.Id + 1, first.Id + 2], leased.Select(message => message.Id), "as many as asked for");
            leased = await store.LeaseMessagesAsync(first.Tenant, [first.Kind], first.DueAt.AddSeconds(3), _lease, 3, ct).ConfigureAwait(false);
            Expect.SameSequence([first.Id + 3], leased.Select(message => message.Id), "the rest that is due");
        }),
        new("LeaseMessages_InSomebodysHands_IsDueAgainWhenTheLeaseRunsOut", async (store, ct) =>
        {
            var message = Message();
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            var lost = await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false);
            Expect.Null(await OneAsync(store, message, message.DueAt + _lease - _instant, ct).ConfigureAwait(false), "while it lasts");
            var again = await OneAsync(store, message, message.DueAt + _lease, ct).ConfigureAwait(false);
            Expect.Equal(2, again?.Attempts, "attempts");
            Expect.False(await store.CompleteMessageAsync(message.Tenant, message.Id, lost!.Lease!, ct).ConfigureAwait(false), "completed by the lost lease");
            Expect.False(await store.PostponeMessageAsync(message.Tenant, message.Id, lost.Lease!, message.DueAt, null, ct).ConfigureAwait(false), "postponed by the lost lease");
            Expect.True(await store.CompleteMessageAsync(message.Tenant, message.Id, again!.Lease!, ct).ConfigureAwait(false), "completed by the new one");
            Expect.False(await store.CompleteMessageAsync(message.Tenant, message.Id, again.Lease!, ct).ConfigureAwait(false), "twice");
        }),
        new("LeaseMessages_ManyAtOnce_OneGetsIt", async (store, ct) =>
        {
            var message = Message();
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            var leased = await Expect.RaceAsync(async _ => await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false) is not null).ConfigureAwait(false);
            Expect.OneWinner(leased, true, false, "nodes");
        }),
        new("PostponeMessage_Leased_IsDueThenWithItsNewBody", async (store, ct) =>
        {
            var message = Message() with { Body = "1" };
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            var leased = await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false);
            var later = message.DueAt.AddSeconds(30);
            Expect.True(await store.PostponeMessageAsync(message.Tenant, message.Id, leased!.Lease!, later, "2", ct).ConfigureAwait(false), "postponed");
            Expect.False(await store.PostponeMessageAsync(message.Tenant, message.Id, leased.Lease!, later, "3", ct).ConfigureAwait(false), "the lease is given back");
            Expect.Null(await OneAsync(store, message, later - _instant, ct).ConfigureAwait(false), "before");
            var again = await OneAsync(store, message, later, ct).ConfigureAwait(false);
            Expect.Equal((2, "2"), (again!.Attempts, again.Body), "then");
            await store.PostponeMessageAsync(message.Tenant, message.Id, again.Lease!, later, null, ct).ConfigureAwait(false);
            Expect.Null((await OneAsync(store, message, later, ct).ConfigureAwait(false))!.Body, "a body that was taken away");
        }),
        new("TakeMessage_BeforeItIsDue_IsTheCallers", async (store, ct) =>
        {
            var message = Message();
            Expect.Null(await store.TakeMessageAsync(message.Tenant, message.Id, message.DueAt, _lease, ct).ConfigureAwait(false), "none there");
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            var before = message.DueAt.AddSeconds(-10);
            var taken = await store.TakeMessageAsync(message.Tenant, message.Id, before, _lease, ct).ConfigureAwait(false);
            Expect.Equal(message with { Attempts = 1, DueAt = before + _lease, Lease = taken!.Lease }, taken, "the message");
            Expect.Null(await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false), "for others, when it would have been due");
            Expect.Null(await store.TakeMessageAsync(message.Tenant, message.Id, message.DueAt, _lease, ct).ConfigureAwait(false), "taken twice");
            Expect.True(await store.TakeMessageAsync(message.Tenant, message.Id, before + _lease, _lease, ct).ConfigureAwait(false) is { Attempts: 2 }, "when the lease has run out");
            Expect.Null(await store.TakeMessageAsync(message.Tenant, message.Id, message.ExpiresAt, _lease, ct).ConfigureAwait(false), "at its end");
        }),
        new("TakeMessage_ManyAtOnce_OneGetsIt", async (store, ct) =>
        {
            var message = Message();
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            var taken = await Expect.RaceAsync(async _ => await store.TakeMessageAsync(message.Tenant, message.Id, StoreScene.Now, _lease, ct).ConfigureAwait(false) is not null).ConfigureAwait(false);
            Expect.OneWinner(taken, true, false, "nodes");
        }),
        new("DropMessage_InSomebodysHands_IsGone", async (store, ct) =>
        {
            var message = Message();
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            var leased = await OneAsync(store, message, message.DueAt, ct).ConfigureAwait(false);
            Expect.False(await store.DropMessageAsync(ProviderStoreConformance.OtherTenant, message.Id, ct).ConfigureAwait(false), "by another tenant");
            Expect.True(await store.DropMessageAsync(message.Tenant, message.Id, ct).ConfigureAwait(false), "dropped");
            Expect.False(await store.DropMessageAsync(message.Tenant, message.Id, ct).ConfigureAwait(false), "twice");
            Expect.False(await store.PostponeMessageAsync(message.Tenant, message.Id, leased!.Lease!, message.DueAt, null, ct).ConfigureAwait(false), "given back");
            Expect.Null(await OneAsync(store, message, message.DueAt + _lease, ct).ConfigureAwait(false), "afterwards");
        }),
        new("DropExpiredMessages_InNobodysHands_OneGetsEach", async (store, ct) =>
        {
            var (waits, held, lives) = (Message(), Message(), Message());
            await store.AddMessageAsync(waits with { Body = "1" }, ct).ConfigureAwait(false);
            await store.AddMessageAsync(held, ct).ConfigureAwait(false);
            await store.AddMessageAsync(lives with { ExpiresAt = lives.ExpiresAt + _instant }, ct).ConfigureAwait(false);
            var leased = await store.TakeMessageAsync(held.Tenant, held.Id, held.ExpiresAt - _instant, _lease, ct).ConfigureAwait(false);
            string[] mine = [waits.Id, held.Id, lives.Id];
            async Task<IReadOnlyList<OutboxMessage>> DropAsync(DateTimeOffset at) =>
                [.. (await store.DropExpiredMessagesAsync(waits.Tenant, at, 1000, ct).ConfigureAwait(false)).Where(message => mine.Contains(message.Id, StringComparer.Ordinal))];

            Expect.Equal(0, (await DropAsync(waits.ExpiresAt - _instant).ConfigureAwait(false)).Count, "before");
            var dropped = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DropAsync(waits.ExpiresAt), ct))).ConfigureAwait(false);
            Expect.SameSequence([(waits.Id, "1")], dropped.SelectMany(static some => some).Select(static message => (message.Id, message.Body ?? string.Empty)), "at its end, not what is in somebody's hands");
            Expect.True(await store.PostponeMessageAsync(held.Tenant, held.Id, leased!.Lease!, leased.DueAt, null, ct).ConfigureAwait(false), "what is held is its holder's");
            Expect.SameSequence(
                new[] { held.Id, lives.Id }.Order(StringComparer.Ordinal), (await DropAsync(waits.ExpiresAt + _instant).ConfigureAwait(false)).Select(static message => message.Id).Order(StringComparer.Ordinal), "given back, and the later one");
        }),
        new("Sweep_Messages_GoWhenNobodyNeedsToHearThem", async (store, ct) =>
        {
            var message = Message();
            await store.AddMessageAsync(message, ct).ConfigureAwait(false);
            await store.SweepAsync(message.ExpiresAt - _instant, ct).ConfigureAwait(false);
            Expect.False(await store.AddMessageAsync(message, ct).ConfigureAwait(false), "it is there");
            await store.SweepAsync(message.ExpiresAt, ct).ConfigureAwait(false);
            Expect.True(await store.AddMessageAsync(message, ct).ConfigureAwait(false), "it has gone");
        }),
        new("AddRequest_Waiting_LeavesAnAnnouncement", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var message = await TakeAsync(store, OutboxKinds.Announce, scene.RequestId, ct).ConfigureAwait(false);
            Expect.Equal((OutboxKinds.Announce, scene.RequestId, StoreScene.RequestEnd), (message!.Kind, message.Subject, message.ExpiresAt), "the message");
            Expect.Null(await TakeAsync(store, OutboxKinds.Decide, scene.RequestId, ct).ConfigureAwait(false), "nothing was decided");
        }),
        new("AddRequest_DecidedWhenItCame_LeavesTheDecision", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request() with { Context = """{"decision":{"ground":"synthetic"}}""" }, 8, ct).ConfigureAwait(false);
            Expect.True(await TakeAsync(store, OutboxKinds.Decide, scene.RequestId, ct).ConfigureAwait(false) is not null, "the decision");
            Expect.Null(await TakeAsync(store, OutboxKinds.Announce, scene.RequestId, ct).ConfigureAwait(false), "announced when it is carried out");
        }),
        new("AddRequest_TooMany_LeavesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var second = scene.Again();
            Expect.Equal(CibaAddOutcome.TooManyPending, await store.AddRequestAsync(second.Request(), 1, ct).ConfigureAwait(false), "the second");
            Expect.Null(await TakeAsync(store, OutboxKinds.Announce, second.RequestId, ct).ConfigureAwait(false), "its announcement");
        }),
        new("Decided_ByPingOrPush_LeavesItsMessage", async (store, ct) =>
        {
            foreach (var (mode, kind) in ((CibaDeliveryMode, string?)[])[(CibaDeliveryMode.Poll, null), (CibaDeliveryMode.Ping, OutboxKinds.Ping), (CibaDeliveryMode.Push, OutboxKinds.Push)])
            {
                var approved = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
                await store.AddRequestAsync(approved.Request() with { DeliveryMode = mode, NotificationToken = "synthetic" }, 8, ct).ConfigureAwait(false);
                await store.TryApproveAsync(approved.Approval(), ct).ConfigureAwait(false);
                var denied = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
                await store.AddRequestAsync(denied.Request() with { DeliveryMode = mode, NotificationToken = "synthetic" }, 8, ct).ConfigureAwait(false);
                await store.TryDenyRequestAsync(denied.Tenant, denied.RequestId, StoreScene.Now, ct).ConfigureAwait(false);
                foreach (var request in (string[])[approved.RequestId, denied.RequestId])
                {
                    Expect.Equal(kind == OutboxKinds.Ping, await TakeAsync(store, OutboxKinds.Ping, request, ct).ConfigureAwait(false) is not null, $"{mode}, ping");
                    Expect.Equal(kind == OutboxKinds.Push, await TakeAsync(store, OutboxKinds.Push, request, ct).ConfigureAwait(false) is not null, $"{mode}, push");
                }
            }
        }),
        new("AddRequest_ByPush_LeavesTheTellingOfItsEnd", async (store, ct) =>
        {
            foreach (var mode in (CibaDeliveryMode[])[CibaDeliveryMode.Poll, CibaDeliveryMode.Ping, CibaDeliveryMode.Push])
            {
                var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
                var request = scene.Request() with { DeliveryMode = mode, NotificationToken = "synthetic" };
                await store.AddRequestAsync(request, 8, ct).ConfigureAwait(false);
                await store.TryDenyRequestAsync(request.Tenant, request.Id, StoreScene.Now, ct).ConfigureAwait(false);
                foreach (var id in (string[])["push-end:" + request.Id, "push:" + request.Id])
                {
                    var message = await store.TakeMessageAsync(request.Tenant, id, request.ExpiresAt, _lease, ct).ConfigureAwait(false);
                    Expect.Equal(mode == CibaDeliveryMode.Push ? (OutboxKinds.Push, request.Id, request.ExpiresAt + CibaRequest.Retention) : default, message is null ? default : (message.Kind, message.Subject, message.ExpiresAt), $"{mode}, {id}");
                }
            }
        }),
        new("AddStandingConsent_AtADesk_LeavesTheTelling", async (store, ct) =>
        {
            foreach (var kind in (StandingConsentKind[])[StandingConsentKind.Paper, StandingConsentKind.Oral, StandingConsentKind.PreRegistered])
            {
                var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
                var consent = StandingChecks.Paper(scene) with { Kind = kind, GivenAt = StoreScene.Now.AddDays(-3), RecordedAt = StoreScene.Now, ValidUntil = StoreScene.Now.AddDays(30) };
                await store.AddStandingConsentAsync(consent, ct).ConfigureAwait(false);
                var message = await TakeAsync(store, OutboxKinds.Recorded, consent.Id, ct).ConfigureAwait(false);
                Expect.Equal(
                    kind == StandingConsentKind.PreRegistered ? default : (OutboxKinds.Recorded, consent.Id, StoreScene.Now.AddDays(7)), message is null ? default : (message.Kind, message.Subject, message.ExpiresAt), kind.ToString());
            }
        }),
        new("Ended_Withdrawn_LeavesTheTelling", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.Null(await TakeAsync(store, OutboxKinds.Ended, scene.ConsentId, ct).ConfigureAwait(false), "before");
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            var message = await TakeAsync(store, OutboxKinds.Ended, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.Equal((OutboxKinds.Ended, scene.ConsentId), (message?.Kind, message?.Subject), "the message");
        }),
        new("Ended_ByALostDevice_LeavesTheTelling", async (store, ct) =>
        {
            foreach (var happened in (DeviceEvent[])[DeviceEvent.ReportLost, DeviceEvent.Revoke, DeviceEvent.Suspend])
            {
                var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
                await store.ChangeDeviceAsync(
                    new()
                    {
                        Tenant = scene.Tenant,
                        AccountId = scene.AccountId,
                        DeviceId = scene.Device().Id,
                        Event = happened,
                        Actor = LifeCycleActor.Op,
                        LeavesNone = true,
                        At = StoreScene.Now.AddMinutes(1),
                    },
                    ct).ConfigureAwait(false);
                Expect.True(await TakeAsync(store, OutboxKinds.Ended, scene.ConsentId, ct).ConfigureAwait(false) is not null, happened.ToString());
            }
        }),
        new("Ended_ByTheEndOfARelation_LeavesTheTelling", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.End), ct).ConfigureAwait(false);
            Expect.True(await TakeAsync(store, OutboxKinds.Ended, scene.Patient.ConsentId, ct).ConfigureAwait(false) is not null, "the telling");
        }),
        new("ClearPushAddress_TheOneThatFailed_IsClearedWithALine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var device = scene.Device();
            Expect.False(await store.ClearPushAddressAsync(scene.Tenant, device.Id, device.PushAddress + "2", StoreScene.Now, ct).ConfigureAwait(false), "another address");
            Expect.False(await store.ClearPushAddressAsync(ProviderStoreConformance.OtherTenant, device.Id, device.PushAddress, StoreScene.Now, ct).ConfigureAwait(false), "another tenant");
            Expect.True(await store.ClearPushAddressAsync(scene.Tenant, device.Id, device.PushAddress, StoreScene.Now, ct).ConfigureAwait(false), "cleared");
            Expect.False(await store.ClearPushAddressAsync(scene.Tenant, device.Id, device.PushAddress, StoreScene.Now, ct).ConfigureAwait(false), "twice");
            Expect.False(await store.ClearPushAddressAsync(scene.Tenant, device.Id, string.Empty, StoreScene.Now, ct).ConfigureAwait(false), "none to clear");
            var cleared = await store.FindDeviceAsync(scene.Tenant, device.Id, ct).ConfigureAwait(false);
            Expect.Same(device with { PushAddress = string.Empty }, cleared, RecordJson.Context.Device, "the device");
            Expect.True(cleared!.MayActAt(StoreScene.Now), "it may act");
            var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence([LifeCycleEntry.Enrolled, LifeCycleEntry.PushAddressCleared], lines.Select(line => line.Event), "the history");
            Expect.Equal(LifeCycleActor.Op, lines[^1].Actor, "by the OP");
        }),
    ];

    private static OutboxMessage Message()
    {
        // A kind of its own: other checks leave messages behind.
        var id = StoreScene.NewId("message");
        return new()
        {
            Tenant = ProviderStoreConformance.Tenant,
            Id = id,
            Kind = "kind-" + id,
            Subject = "subject-" + id,
            DueAt = StoreScene.Now,
            ExpiresAt = StoreScene.Now.AddMinutes(5),
        };
    }

    private static async ValueTask<OutboxMessage?> OneAsync(IProviderStore store, OutboxMessage message, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await store.LeaseMessagesAsync(message.Tenant, [message.Kind], at, _lease, 10, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    private static ValueTask<OutboxMessage?> TakeAsync(IProviderStore store, string kind, string subject, CancellationToken cancellationToken) =>
        store.TakeMessageAsync(ProviderStoreConformance.Tenant, $"{kind}:{subject}", StoreScene.Now.AddMinutes(1), _lease, cancellationToken);
}
