using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class ProxyChecks
{
    private static readonly DateTimeOffset _at = StoreScene.Now.AddMinutes(1);

    private static readonly Dictionary<ProxyState, ProxyEvent[]> _ways = new()
    {
        [ProxyState.Registered] = [],
        [ProxyState.Active] = [],
        [ProxyState.Suspended] = [ProxyEvent.Suspend],
        [ProxyState.Ended] = [ProxyEvent.End],
    };

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        .. ProxyTransitions.All.Select(cell => new ProviderStoreCheck($"ChangeProxyRelation_{cell.From}_{cell.Event}", (store, ct) => WalkAsync(store, cell, ct))),
        new("AddProxyRelation_New_IsFoundByBothWithALineEach", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).RegisteredAsync().ConfigureAwait(false);
            var relation = scene.Relation();
            Expect.Same(relation, await store.FindProxyRelationAsync(scene.Tenant, relation.Id, ct).ConfigureAwait(false), RecordJson.Context.ProxyRelation, "the relation");
            foreach (var account in new[] { relation.Patient, relation.Proxy })
            {
                var listed = await store.ListProxyRelationsAsync(scene.Tenant, account, ct).ConfigureAwait(false);
                Expect.SameSequence([relation.Id], listed.Select(one => one.Id), "of each of the two");
                var line = (await store.ListLifeCycleAsync(scene.Tenant, account, ct).ConfigureAwait(false))[^1];
                Expect.Equal((relation.Id, LifeCycleEntry.ProxyRegistered, "Active", LifeCycleActorKind.Clerk), (line.RelationId, line.Event, line.To, line.Actor.Kind), "the line");
            }

            Expect.Null(await store.FindProxyRelationAsync(ProviderStoreConformance.OtherTenant, relation.Id, ct).ConfigureAwait(false), "in another tenant");
            Expect.Equal(0, (await store.ListProxyRelationsAsync(ProviderStoreConformance.OtherTenant, relation.Patient, ct).ConfigureAwait(false)).Count, "relations in another tenant");
        }),
        new("AddProxyRelation_SecondOfTheSameTwo_IsRefusedUntilTheFirstEnded", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).RegisteredAsync().ConfigureAwait(false);
            var second = scene.Relation() with { Id = StoreScene.NewId("relation") };
            Expect.Equal(ProviderErrorCodes.ProxyExists, (await store.AddProxyRelationAsync(second, ct).ConfigureAwait(false)).Error?.Code, "while the first stands");
            var atItsEnd = second with { RegisteredAt = ProxyScene.End, ValidFrom = ProxyScene.End, ValidUntil = ProxyScene.End.AddHours(1) };
            Expect.Equal(ProviderErrorCodes.ProxyExists, (await store.AddProxyRelationAsync(atItsEnd with { RegisteredAt = ProxyScene.End.AddTicks(-1) }, ct).ConfigureAwait(false)).Error?.Code, "just before its end");
            Expect.True((await store.AddProxyRelationAsync(atItsEnd, ct).ConfigureAwait(false)).Succeeded, "at its end");
            var swapped = second with { Patient = second.Proxy, Proxy = second.Patient, Id = StoreScene.NewId("relation") };
            Expect.True((await store.AddProxyRelationAsync(swapped, ct).ConfigureAwait(false)).Succeeded, "the other way round is another relation");
        }),
        new("AddProxyRelation_AccountNotActive_IsRefused", async (store, ct) =>
        {
            foreach (var patient in new[] { true, false })
            {
                var scene = await new ProxyScene(store).EnrolledAsync().ConfigureAwait(false);
                await store.SetAccountStatusAsync(scene.Tenant, patient ? scene.Patient.AccountId : scene.Proxy.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
                Expect.Equal(ProviderErrorCodes.AccountSuspended, (await store.AddProxyRelationAsync(scene.Relation(), ct).ConfigureAwait(false)).Error?.Code, "outcome");
                Expect.Null(await store.FindProxyRelationAsync(scene.Tenant, scene.RelationId, ct).ConfigureAwait(false), "the relation");
            }
        }),
        new("AddProxyRelation_OfOneselfOrEndedOrTaken_IsMisuse", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).RegisteredAsync().ConfigureAwait(false);
            var other = await new ProxyScene(store).EnrolledAsync().ConfigureAwait(false);
            foreach (var wrong in new[]
            {
                other.Relation() with { Proxy = other.Patient.AccountId },
                other.Relation() with { State = ProxyState.Ended },
                other.Relation() with { State = ProxyState.Suspended },
                other.Relation() with { Id = scene.RelationId },
            })
            {
                await Expect.MisuseAsync(async () => await store.AddProxyRelationAsync(wrong, ct).ConfigureAwait(false), "a relation that cannot begin so").ConfigureAwait(false);
            }

            Expect.Equal(0, (await store.ListProxyRelationsAsync(other.Tenant, other.Patient.AccountId, ct).ConfigureAwait(false)).Count, "relations afterwards");
        }),
        new("AddProxyRelation_ManyAtOnce_OneStands", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).EnrolledAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ => store.AddProxyRelationAsync(scene.Relation() with { Id = StoreScene.NewId("relation") }, ct)).ConfigureAwait(false);
            Expect.OneWinner([.. outcomes.Select(outcome => outcome.Error?.Code)], null, ProviderErrorCodes.ProxyExists, "callers");
            Expect.Equal(1, (await store.ListProxyRelationsAsync(scene.Tenant, scene.Proxy.AccountId, ct).ConfigureAwait(false)).Count, "relations");
        }),
        new("ChangeProxyRelation_Unknown_IsUnknown", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).RegisteredAsync().ConfigureAwait(false);
            var unknown = await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.End) with { RelationId = "unknown" }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.ProxyUnknown, unknown.Error?.Code, "an unknown relation");
            var tenant = await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.End) with { Tenant = ProviderStoreConformance.OtherTenant }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.ProxyUnknown, tenant.Error?.Code, "in another tenant");
            await Expect.MisuseAsync(async () => await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.Appoint) with { Appointment = null, Device = null }, ct).ConfigureAwait(false), "an appointment without consent").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.Appoint) with { Event = ProxyEvent.End }, ct).ConfigureAwait(false), "an end with a consent").ConfigureAwait(false);
        }),
        new("ChangeProxyRelation_ManyEndItAtOnce_OneDoes", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).RegisteredAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ => store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.End), ct)).ConfigureAwait(false);
            Expect.OneWinner([.. outcomes.Select(outcome => outcome.Error?.Code)], null, ProviderErrorCodes.ProxyEnded, "callers");
            Expect.Equal(3, (await store.ListLifeCycleAsync(scene.Tenant, scene.Proxy.AccountId, ct).ConfigureAwait(false)).Count, "lines of the proxy: enrolled, registered, ended");
        }),
        new("ChangeProxyRelation_Appoint_AsksThePersonsDeviceAndCounter", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).EnrolledAsync().ConfigureAwait(false);
            await store.AddProxyRelationAsync(scene.Relation() with { State = ProxyState.Registered }, ct).ConfigureAwait(false);
            var right = scene.Change(ProxyEvent.Appoint);
            foreach (var wrong in new[]
            {
                right with { Device = right.Device! with { AccountId = scene.Proxy.AccountId, KeyId = scene.Proxy.KeyId } },
                right with { Device = right.Device! with { KeyId = scene.Proxy.KeyId } },
                right with { Device = right.Device! with { ExpectedCounter = 9 } },
                right with { Device = right.Device! with { NextCounter = 9 } },
            })
            {
                Expect.Equal(ProviderErrorCodes.CounterMoved, (await store.ChangeProxyRelationAsync(wrong, ct).ConfigureAwait(false)).Error?.Code, "not the person's device as judged");
                Expect.Equal(ProxyState.Registered, await scene.StateAsync().ConfigureAwait(false), "the relation stays registered");
            }

            var appointed = await store.ChangeProxyRelationAsync(right, ct).ConfigureAwait(false);
            Expect.Equal(ProxyState.Active, appointed.Value?.State, "appointed");
            var found = await store.FindProxyRelationAsync(scene.Tenant, scene.RelationId, ct).ConfigureAwait(false);
            Expect.Same(right.Appointment!, found!.Appointment, RecordJson.Context.ProxyAppointment, "the person's consent");
            Expect.Equal(11, (await store.ListDevicesAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the counter");
        }),
        new("TryApprove_ByProxy_RecordsBothAndWhoActed", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "outcome");
            var consent = await store.FindConsentAsync(scene.Tenant, scene.Patient.ConsentId, ct).ConfigureAwait(false);
            Expect.Same(scene.Approval().Consent, consent, RecordJson.Context.ConsentRecord, "the consent");
            Expect.SameSequence([consent!.Id], (await store.ListConsentsAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false)).Select(one => one.Id), "in the person's history");
            Expect.SameSequence([consent.Id], (await store.ListConsentsByProxyAsync(scene.Tenant, scene.Proxy.AccountId, ct).ConfigureAwait(false)).Select(one => one.Id), "among what the proxy did");
            Expect.Equal(0, (await store.ListConsentsAsync(scene.Tenant, scene.Proxy.AccountId, ct).ConfigureAwait(false)).Count, "consents about the proxy");
            Expect.Equal(0, (await store.ListConsentsByProxyAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false)).Count, "what the person did for others");
            Expect.Equal(scene.Proxy.AccountId, (await store.ListConsentEventsAsync(scene.Tenant, consent.Id, ct).ConfigureAwait(false))[0].By, "who acted");
            Expect.Equal(11, (await store.ListDevicesAsync(scene.Tenant, scene.Proxy.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the proxy's counter");
            Expect.Equal(10, (await store.ListDevicesAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the person's counter");
        }),
        new("TryApprove_ByProxy_EveryConditionOfTheRelationIsAsked", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
            var stranger = await new ProxyScene(store).RegisteredAsync().ConfigureAwait(false);
            var right = scene.Approval();
            var proxy = right.Consent.Proxy!;
            foreach (var (what, wrong) in new (string, Approval)[]
            {
                ("an unknown relation", With(right, proxy with { RelationId = "unknown" })),
                ("a relation of others", With(right, proxy with { RelationId = stranger.RelationId })),
                ("another proxy", With(right, proxy with { Subject = stranger.Proxy.AccountId })),
                ("the proxy of another person with the relation of this one", StoreScene.Using(With(right, proxy with { Subject = stranger.Proxy.AccountId }), use => use with { AccountId = stranger.Proxy.AccountId, KeyId = stranger.Proxy.KeyId })),
                ("a device of the person", StoreScene.Using(right, use => use with { AccountId = scene.Patient.AccountId, KeyId = scene.Patient.KeyId })),
                ("a purpose that is not named", right with { Consent = right.Consent with { Purpose = right.Consent.Purpose with { Code = "HRESCH" } } }),
                ("an access beyond its end", right with { Consent = right.Consent with { AccessUntil = ProxyScene.End.AddTicks(1) } }),
            })
            {
                Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(wrong, ct).ConfigureAwait(false), what);
                await NothingChangedAsync(scene).ConfigureAwait(false);
            }

            var narrow = await new ProxyScene(store) { Scopes = ["patient/Patient.rs", "patient/MedicationRequest.rs"] }.PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(narrow.Approval(), ct).ConfigureAwait(false), "a scope that is not covered");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(narrow.Approval("patient/Patient.read", "patient/MedicationRequest.read"), ct).ConfigureAwait(false), "the part that is covered");
        }),
        new("TryApprove_ByProxy_TermIsExact", async (store, ct) =>
        {
            var early = await new ProxyScene(store) { From = StoreScene.Now.AddSeconds(30) }.PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(early.Approval() with { At = early.From.AddTicks(-1) }, ct).ConfigureAwait(false), "just before its term");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(early.Approval() with { At = early.From }, ct).ConfigureAwait(false), "when its term begins");
            var end = StoreScene.Now.AddMinutes(2);
            foreach (var ofAge in new[] { false, true })
            {
                var late = await new ProxyScene(store) { Until = ofAge ? ProxyScene.End : end, ComesOfAgeAt = ofAge ? end : null }.PendingAsync().ConfigureAwait(false);
                var approval = late.Approval() with { Consent = late.Approval().Consent with { AccessUntil = end } };
                Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(approval with { At = end }, ct).ConfigureAwait(false), "at its end");
                await NothingChangedAsync(late).ConfigureAwait(false);
                Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval with { At = end.AddTicks(-1) }, ct).ConfigureAwait(false), "just before its end");
            }
        }),
        new("TryApprove_ByProxy_StatesAndAccountsAreAsked", async (store, ct) =>
        {
            foreach (var happened in new[] { ProxyEvent.Suspend, ProxyEvent.End })
            {
                var scene = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
                await store.ChangeProxyRelationAsync(scene.Change(happened) with { At = StoreScene.Now }, ct).ConfigureAwait(false);
                Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), $"after {happened}");
                await NothingChangedAsync(scene).ConfigureAwait(false);
            }

            var registered = await new ProxyScene(store) { State = ProxyState.Registered }.PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(registered.Approval(), ct).ConfigureAwait(false), "before the person appointed the proxy");
            var suspended = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
            await store.SetAccountStatusAsync(suspended.Tenant, suspended.Proxy.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.RelationNotActive, await store.TryApproveAsync(suspended.Approval(), ct).ConfigureAwait(false), "the proxy's account is suspended");
            var lost = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
            await LoseDeviceAsync(lost).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.DeviceNotActive, await store.TryApproveAsync(lost.Approval(), ct).ConfigureAwait(false), "the proxy's device is lost");
            await NothingChangedAsync(lost).ConfigureAwait(false);
        }),
        new("TryApprove_WithoutProxyByDeviceOfAnother_IsMisuse", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
            var wrong = scene.Approval() with { Consent = scene.Approval().Consent with { Proxy = null } };
            await Expect.MisuseAsync(async () => await store.TryApproveAsync(wrong, ct).ConfigureAwait(false), "somebody else's device without a proxy").ConfigureAwait(false);
            await NothingChangedAsync(scene).ConfigureAwait(false);
        }),
        new("TryApprove_ByProxyAgainstTheEndAtOnce_NothingStandsAfterwards", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).PendingAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(async number => number % 2 == 0
                ? (await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.End), ct).ConfigureAwait(false)).Succeeded
                : await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false) == ApprovalOutcome.Approved).ConfigureAwait(false);
            Expect.True(outcomes.Count(won => won) is 1 or 2, "one end, and at most one approval before it");
            Expect.False(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "no consent stands");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.Patient.RequestId, null, _at, ct).ConfigureAwait(false), "nothing is redeemed");
        }),
        new("IsConsentActive_ByProxy_FollowsTheRelation", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.True(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "while the relation stands");
            await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.Suspend), ct).ConfigureAwait(false);
            Expect.False(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "while it is suspended");
            await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.Resume), ct).ConfigureAwait(false);
            Expect.True(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "resumed");
            await store.SetAccountStatusAsync(scene.Tenant, scene.Proxy.AccountId, AccountStatus.Suspended, _at, ct).ConfigureAwait(false);
            Expect.False(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "while the proxy's account is suspended");
            await store.SetAccountStatusAsync(scene.Tenant, scene.Proxy.AccountId, AccountStatus.Active, _at, ct).ConfigureAwait(false);
            Expect.True(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "active again");
            await LoseDeviceAsync(scene).ConfigureAwait(false);
            Expect.False(await scene.Patient.ConsentActiveAsync().ConfigureAwait(false), "the proxy's device is lost");
        }),
        new("IsConsentActive_ByProxy_EndsWithTheRelationWithoutASweep", async (store, ct) =>
        {
            var end = StoreScene.Now.AddMinutes(5);
            foreach (var ofAge in new[] { false, true })
            {
                var bounded = await new ProxyScene(store) { Until = ofAge ? ProxyScene.End : end, ComesOfAgeAt = ofAge ? end : null }.PendingAsync().ConfigureAwait(false);
                var approval = bounded.Approval() with { Consent = bounded.Approval().Consent with { AccessUntil = end } };
                Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "approval");
                Expect.True(await bounded.Patient.ConsentActiveAsync(end.AddTicks(-1)).ConfigureAwait(false), "just before the end");
                Expect.False(await bounded.Patient.ConsentActiveAsync(end).ConfigureAwait(false), "at the end");
            }
        }),
        new("ChangeProxyRelation_Ended_EndsConsentsTokensAndRequestsInOneStep", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).RedeemedAsync().ConfigureAwait(false);
            var approved = scene.Again();
            await store.AddRequestAsync(approved.Patient.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(StoreScene.Using(approved.Approval(), use => use with { ExpectedCounter = 11, NextCounter = 12 }), ct).ConfigureAwait(false), "a second approval");
            await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.End), ct).ConfigureAwait(false);
            foreach (var one in new[] { scene, approved })
            {
                var consent = await store.FindConsentAsync(one.Tenant, one.Patient.ConsentId, ct).ConfigureAwait(false);
                Expect.Equal((ConsentStatus.Withdrawn, _at), (consent!.Status, consent.WithdrawnAt), "the consent");
                Expect.Equal(new ConsentEvent(_at, "proxy-ended", null), (await store.ListConsentEventsAsync(one.Tenant, consent.Id, ct).ConfigureAwait(false))[^1] with { Entry = null }, "its line");
                Expect.False(await one.Patient.ConsentActiveAsync().ConfigureAwait(false), "active");
            }

            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, scene.Refresh, ct).ConfigureAwait(false), "the refresh token");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, approved.Patient.RequestId, null, _at, ct).ConfigureAwait(false), "the unredeemed request");
        }),
        new("ChangeProxyRelation_Suspended_CancelsWhatWasNotFetched", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.ChangeProxyRelationAsync(scene.Change(ProxyEvent.Suspend), ct).ConfigureAwait(false);
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.Patient.RequestId, null, _at, ct).ConfigureAwait(false), "the unredeemed request");
        }),
        new("ChangeDevice_LostByTheProxy_CancelsWhatItApprovedAndLeavesThePersonsPendingRequests", async (store, ct) =>
        {
            var scene = await new ProxyScene(store).ApprovedAsync().ConfigureAwait(false);
            var pending = scene.Again();
            await store.AddRequestAsync(pending.Patient.Request(), 8, ct).ConfigureAwait(false);
            await LoseDeviceAsync(scene).ConfigureAwait(false);
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.Patient.RequestId, null, _at, ct).ConfigureAwait(false), "the unredeemed request");
            Expect.Equal(CibaStatus.Pending, await pending.Patient.StatusAsync().ConfigureAwait(false), "the request that waits");
        }),
        new("ChangeAccount_Archived_EndsItsRelations", async (store, ct) =>
        {
            foreach (var patient in new[] { true, false })
            {
                var scene = await new ProxyScene(store).RedeemedAsync().ConfigureAwait(false);
                var closed = patient ? scene.Patient.AccountId : scene.Proxy.AccountId;
                await store.ChangeAccountAsync(
                    new() { Tenant = scene.Tenant, AccountId = closed, Event = AccountEvent.Archive, Actor = LifeCycleActor.Administrator("administrator"), At = _at }, ct).ConfigureAwait(false);
                Expect.Equal(ProxyState.Ended, await scene.StateAsync().ConfigureAwait(false), "the relation");
                Expect.Equal(ConsentStatus.Withdrawn, (await store.FindConsentAsync(scene.Tenant, scene.Patient.ConsentId, ct).ConfigureAwait(false))!.Status, "the consent");
                Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, scene.Refresh, ct).ConfigureAwait(false), "the refresh token");
                Expect.True(
                    (await store.ListLifeCycleAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false)).Any(line => line is { Event: "ProxyEnd", To: "Ended" } && line.RelationId == scene.RelationId),
                    "the line in the person's history");
            }
        }),
        new("Sweep_RelationPastItsEnd_EndsItAndSaysWhy", async (store, ct) =>
        {
            var end = StoreScene.Now.AddMinutes(3);
            foreach (var ofAge in new[] { false, true })
            {
                var scene = await new ProxyScene(store) { Until = ofAge ? ProxyScene.End : end, ComesOfAgeAt = ofAge ? end : null }.PendingAsync().ConfigureAwait(false);
                var approval = scene.Approval() with { Consent = scene.Approval().Consent with { AccessUntil = end } };
                await store.TryApproveAsync(approval, ct).ConfigureAwait(false);
                await store.SweepAsync(end.AddTicks(-1), ct).ConfigureAwait(false);
                Expect.Equal(ProxyState.Active, await scene.StateAsync().ConfigureAwait(false), "just before");
                await store.SweepAsync(end, ct).ConfigureAwait(false);
                await store.SweepAsync(end, ct).ConfigureAwait(false);
                Expect.Equal(ProxyState.Ended, await scene.StateAsync().ConfigureAwait(false), "at the end");
                var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false);
                Expect.Equal((ofAge ? "ProxyComeOfAge" : "ProxyExpire", LifeCycleActorKind.Op, end), (lines[^1].Event, lines[^1].Actor.Kind, lines[^1].At), "the line, once");
                Expect.Equal(LifeCycleEntry.ProxyRegistered, lines[^2].Event, "the line before");
                Expect.Equal(ConsentStatus.Withdrawn, (await store.FindConsentAsync(scene.Tenant, scene.Patient.ConsentId, ct).ConfigureAwait(false))!.Status, "the consent");
            }
        }),
    ];

    private static async Task WalkAsync(IProviderStore store, ProxyTransition cell, CancellationToken ct)
    {
        var scene = await new ProxyScene(store) { State = cell.From == ProxyState.Registered ? ProxyState.Registered : ProxyState.Active }.RegisteredAsync().ConfigureAwait(false);
        foreach (var way in _ways[cell.From])
        {
            Expect.True((await store.ChangeProxyRelationAsync(scene.Change(way), ct).ConfigureAwait(false)).Succeeded, $"the way to {cell.From}");
        }

        var lines = (await store.ListLifeCycleAsync(scene.Tenant, scene.Patient.AccountId, ct).ConfigureAwait(false)).Count;
        var changed = await store.ChangeProxyRelationAsync(scene.Change(cell.Event), ct).ConfigureAwait(false);
        Expect.Equal(cell.Code, changed.Error?.Code, "the code");
        Expect.Equal(cell.To ?? cell.From, await scene.StateAsync().ConfigureAwait(false), "the state afterwards");
        foreach (var account in new[] { scene.Patient.AccountId, scene.Proxy.AccountId })
        {
            var after = await store.ListLifeCycleAsync(scene.Tenant, account, ct).ConfigureAwait(false);
            Expect.Equal(cell.To is null ? lines : lines + 1, after.Count, "history lines");
            if (cell.To is not null)
            {
                Expect.Equal(("Proxy" + cell.Event, cell.From.ToString(), cell.To.ToString()), (after[^1].Event, after[^1].From, after[^1].To), "the line");
            }
        }
    }

    private static Approval With(Approval approval, ConsentProxy proxy) => approval with { Consent = approval.Consent with { Proxy = proxy } };

    private static async Task LoseDeviceAsync(ProxyScene scene)
    {
        var lost = await scene.Store.ChangeDeviceAsync(
            new()
            {
                Tenant = scene.Tenant,
                AccountId = scene.Proxy.AccountId,
                DeviceId = scene.Proxy.Device().Id,
                Event = DeviceEvent.ReportLost,
                Actor = LifeCycleActor.Person(null),
                At = StoreScene.Now,
            }).ConfigureAwait(false);
        Expect.True(lost.Succeeded, "the proxy's device is reported lost");
    }

    private static async Task NothingChangedAsync(ProxyScene scene)
    {
        Expect.Equal(CibaStatus.Pending, await scene.Patient.StatusAsync().ConfigureAwait(false), "the request stays pending");
        Expect.Null(await scene.Store.FindConsentAsync(scene.Tenant, scene.Patient.ConsentId).ConfigureAwait(false), "no consent is recorded");
        Expect.Equal(10, (await scene.Store.ListDevicesAsync(scene.Tenant, scene.Proxy.AccountId).ConfigureAwait(false))[0].SignCounter, "the proxy's counter");
    }
}
