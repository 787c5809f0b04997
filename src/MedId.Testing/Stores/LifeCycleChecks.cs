using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class LifeCycleChecks
{
    private static readonly DateTimeOffset _at = StoreScene.Now.AddMinutes(1);

    // How a device comes into each state, by events that another row of the table vouches for.
    private static readonly Dictionary<DeviceState, DeviceEvent[]> _ways = new()
    {
        [DeviceState.Active] = [],
        [DeviceState.Suspended] = [DeviceEvent.Suspend],
        [DeviceState.Lost] = [DeviceEvent.ReportLost],
        [DeviceState.Expired] = [DeviceEvent.Expire],
        [DeviceState.Replaced] = [DeviceEvent.Replace],
        [DeviceState.Revoked] = [DeviceEvent.Revoke],
    };

    private static readonly Dictionary<AccountStatus, AccountEvent[]> _accountWays = new()
    {
        [AccountStatus.Active] = [],
        [AccountStatus.Suspended] = [AccountEvent.Suspend],
        [AccountStatus.Archived] = [AccountEvent.Archive],
        [AccountStatus.Established] = [AccountEvent.Archive, AccountEvent.Restore],
    };

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        .. DeviceTransitions.All.Select(cell => new ProviderStoreCheck($"ChangeDevice_{cell.From}_{cell.Event}", (store, _) => WalkAsync(store, cell))),
        .. AccountTransitions.All.Select(cell => new ProviderStoreCheck($"ChangeAccount_{cell.From}_{cell.Event}", (store, _) => WalkAsync(store, cell))),
        new("ChangeDevice_UnknownOrOfAnother_IsUnknown", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var unknown = await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend) with { DeviceId = "unknown" }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.DeviceUnknown, unknown.Error?.Code, "an unknown device");
            var other = await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend) with { AccountId = "another" }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.DeviceUnknown, other.Error?.Code, "of another person");
            var tenant = await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend) with { Tenant = ProviderStoreConformance.OtherTenant }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.DeviceUnknown, tenant.Error?.Code, "of another tenant");
            Expect.Equal(DeviceState.Active, await StateAsync(scene).ConfigureAwait(false), "the device afterwards");
        }),
        new("ChangeDevice_ManyAtOnce_OneChangesIt", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ => store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend), ct)).ConfigureAwait(false);
            Expect.OneWinner([.. outcomes.Select(outcome => outcome.Error?.Code)], null, ProviderErrorCodes.DeviceSuspended, "callers");
            Expect.Equal(2, (await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Count, "history lines");
        }),
        new("ChangeDevice_SuspendedOrLostOrRevoked_CancelsRequestsAndTokensAtOnce", async (store, ct) =>
        {
            foreach (var happened in new[] { DeviceEvent.Suspend, DeviceEvent.ReportLost, DeviceEvent.Revoke, DeviceEvent.SuspectClone })
            {
                var refresh = StoreScene.NewId("refresh");
                var scene = await new StoreScene(store).RedeemedAsync(refresh, refresh).ConfigureAwait(false);
                var pending = scene.Again();
                await store.AddRequestAsync(pending.Request(), 8, ct).ConfigureAwait(false);
                var token = await TokenAsync(scene).ConfigureAwait(false);
                Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent before");
                Expect.True(await store.FindDeviceTokenAsync(scene.Tenant, token, _at, ct).ConfigureAwait(false) is not null, "the device token before");

                Expect.Null((await store.ChangeDeviceAsync(Change(scene, happened) with { LeavesNone = true }, ct).ConfigureAwait(false)).Error, "the change");

                Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), $"the consent after {happened}");
                Expect.Null(await store.FindDeviceTokenAsync(scene.Tenant, token, _at, ct).ConfigureAwait(false), $"the device token after {happened}");
                Expect.Equal(CibaStatus.Denied, await pending.StatusAsync().ConfigureAwait(false), $"the request after {happened}");
                Expect.Equal(CibaStatus.Redeemed, await scene.StatusAsync().ConfigureAwait(false), "a redeemed request stays what it was");
            }
        }),
        new("ChangeDevice_Resumed_ConsentsStandAgainAndCancelledRequestsDoNot", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend), ct).ConfigureAwait(false);
            await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Resume), ct).ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, _at, ct).ConfigureAwait(false), "redemption");
        }),
        new("ChangeDevice_ExpiredOrReplaced_WhatItGaveBeforeStands", async (store, ct) =>
        {
            foreach (var happened in new[] { DeviceEvent.Expire, DeviceEvent.Replace })
            {
                var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
                var pending = scene.Again();
                await store.AddRequestAsync(pending.Request(), 8, ct).ConfigureAwait(false);
                var token = await TokenAsync(scene).ConfigureAwait(false);
                await store.ChangeDeviceAsync(Change(scene, happened), ct).ConfigureAwait(false);
                Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), $"the consent after {happened}");
                Expect.Equal(CibaStatus.Pending, await pending.StatusAsync().ConfigureAwait(false), $"a request that another device may answer after {happened}");
                Expect.Null(await store.FindDeviceTokenAsync(scene.Tenant, token, _at, ct).ConfigureAwait(false), $"the device token after {happened}");
            }
        }),
        new("ChangeDevice_RevokingTheLastThatMayAct_AsksForAChoice", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var second = await SecondAsync(scene).ConfigureAwait(false);
            await store.ChangeDeviceAsync(Change(second, DeviceEvent.Suspend), ct).ConfigureAwait(false);
            var refused = await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Revoke) with { LeavesNone = false }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.LastDevice, refused.Error?.Code, "the other one is suspended");
            Expect.Equal(DeviceState.Active, await StateAsync(scene).ConfigureAwait(false), "the device afterwards");
            Expect.Null((await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend), ct).ConfigureAwait(false)).Error, "suspending the last one is always possible");
            await store.ChangeDeviceAsync(Change(second, DeviceEvent.Resume), ct).ConfigureAwait(false);
            Expect.Null(
                (await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Revoke) with { LeavesNone = false }, ct).ConfigureAwait(false)).Error, "another one may act");
            Expect.Null((await store.ChangeDeviceAsync(Change(second, DeviceEvent.Revoke) with { LeavesNone = true }, ct).ConfigureAwait(false)).Error, "none shall be left");
        }),
        new("ChangeDevice_WithATicket_StoresItInTheSameStep", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var ticket = scene.Ticket(StoreScene.NewId("ticket")) with { Proofing = Proofing(ProofingLevel.High) };
            Expect.Null((await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Revoke) with { LeavesNone = false, Ticket = ticket }, ct).ConfigureAwait(false)).Error, "revocation");
            Expect.Equal((TicketStatus.Open, ticket), await store.FindTicketAsync(scene.Tenant, ticket.Digest, _at, ct).ConfigureAwait(false), "the ticket");
            var unused = scene.Ticket(StoreScene.NewId("ticket"));
            await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Revoke) with { Ticket = unused }, ct).ConfigureAwait(false);
            Expect.Equal(TicketStatus.Unknown, (await store.FindTicketAsync(scene.Tenant, unused.Digest, _at, ct).ConfigureAwait(false)).Status, "a refused change stores no ticket");
            await Expect.MisuseAsync(
                async () => await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Revoke) with { Ticket = unused with { AccountId = "another" } }, ct).ConfigureAwait(false),
                "a ticket of another account").ConfigureAwait(false);
        }),
        new("DeviceEnd_ByPolicy_IsExactWithAndWithoutASweep", async (store, ct) =>
        {
            var end = StoreScene.Now.AddMinutes(2);
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            var ticket = StoreScene.NewId("ticket");
            await store.AddTicketAsync(scene.Ticket(ticket), ct).ConfigureAwait(false);
            await store.TryEnrolDeviceAsync(ticket, scene.Device() with { ExpiresAt = end }, StoreScene.Now, ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            var token = await TokenAsync(scene).ConfigureAwait(false);
            Expect.True(await store.TryAdvanceCounterAsync(scene.Advance(10, 10) with { At = end.AddTicks(-1) }, ct).ConfigureAwait(false), "an act just before");
            Expect.False(await store.TryAdvanceCounterAsync(scene.Advance(10, 10) with { At = end }, ct).ConfigureAwait(false), "an act at the end");
            Expect.Null(await store.FindDeviceTokenAsync(scene.Tenant, token, end, ct).ConfigureAwait(false), "its token at the end");
            Expect.Equal(ApprovalOutcome.DeviceNotActive, await store.TryApproveAsync(scene.Approval() with { At = end }, ct).ConfigureAwait(false), "an approval at the end, before any sweep");
            var late = await store.ChangeDeviceAsync(Change(scene, DeviceEvent.Suspend) with { At = end }, ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.DeviceExpired, late.Error?.Code, "an event at the end, before any sweep");
            await store.SweepAsync(end.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.Equal(DeviceState.Active, await StateAsync(scene).ConfigureAwait(false), "swept just before");
            await store.SweepAsync(end, ct).ConfigureAwait(false);
            await store.SweepAsync(end, ct).ConfigureAwait(false);
            Expect.Equal(DeviceState.Expired, await StateAsync(scene).ConfigureAwait(false), "swept at the end");
            var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.Equal((2, "Expire", "Active", "Expired", LifeCycleActorKind.Op), (lines.Count, lines[^1].Event, lines[^1].From, lines[^1].To, lines[^1].Actor.Kind), "its line, once");
        }),
        new("TryAdvanceCounter_DeviceThatMayNotAct_IsFalse", async (store, ct) =>
        {
            foreach (var (state, way) in _ways.Where(way => way.Key != DeviceState.Active))
            {
                var scene = await InAsync(store, way).ConfigureAwait(false);
                Expect.False(await store.TryAdvanceCounterAsync(scene.Advance(10, 11), ct).ConfigureAwait(false), $"{state}");
            }
        }),
        new("TryAdvanceCounter_BackedUp_IsRemembered", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            foreach (var (said, kept) in new (bool?, bool?)[] { (null, null), (true, true), (null, true), (false, false) })
            {
                await store.TryAdvanceCounterAsync(scene.Advance(10, 10) with { BackedUp = said }, ct).ConfigureAwait(false);
                Expect.Equal(kept, (await store.FindDeviceAsync(scene.Tenant, scene.Device().Id, ct).ConfigureAwait(false))?.BackedUp, $"after {said}");
            }
        }),
        new("TryApprove_DeviceThatMayNotAct_ChangesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            await store.ChangeDeviceAsync(Change(scene, DeviceEvent.ReportLost), ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.DeviceNotActive, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "outcome");
            Expect.Equal(CibaStatus.Pending, await scene.StatusAsync().ConfigureAwait(false), "the request");
            Expect.Null(await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false), "the consent");
        }),
        new("TryEnrolDevice_ThatReplaces_UnbindsTheOldOneInTheSameStep", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var next = await SecondAsync(scene, scene.Device().Id).ConfigureAwait(false);
            Expect.Equal(DeviceState.Replaced, await StateAsync(scene).ConfigureAwait(false), "the old one");
            Expect.Equal(DeviceState.Active, await StateAsync(next).ConfigureAwait(false), "the new one");
            Expect.Equal(CibaStatus.Pending, await scene.StatusAsync().ConfigureAwait(false), "the request, which the new one may answer");
            var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence(["Enrolled", "Enrolled", "Replace"], lines.Select(line => line.Event), "the history");
            var third = await SecondAsync(scene, scene.Device().Id).ConfigureAwait(false);
            Expect.Equal(DeviceState.Active, await StateAsync(third).ConfigureAwait(false), "what was unbound before needs no unbinding");
            Expect.Equal(4, (await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Count, "history lines");
        }),
        new("TryEnrolDevice_AfterALoss_AsksForTheProofingOfWhatWasLost", async (store, ct) =>
        {
            foreach (var happened in new[] { DeviceEvent.ReportLost, DeviceEvent.Revoke, DeviceEvent.Expire, DeviceEvent.Suspend })
            {
                var scene = await EnrolledWithAsync(store, ProofingLevel.High, hardware: false).ConfigureAwait(false);
                await store.ChangeDeviceAsync(Change(scene, happened) with { LeavesNone = true }, ct).ConfigureAwait(false);
                foreach (var level in Enum.GetValues<ProofingLevel>())
                {
                    var expected = level == ProofingLevel.High ? EnrolmentOutcome.Enrolled : EnrolmentOutcome.ProofingTooWeak;
                    Expect.Equal(expected, await EnrolAsync(scene, level).ConfigureAwait(false), $"{level} after {happened}");
                }
            }
        }),
        new("TryEnrolDevice_HardwareWasThere_AsksForASubstantialProofing", async (store, _) =>
        {
            var scene = await EnrolledWithAsync(store, ProofingLevel.Unstated, hardware: true).ConfigureAwait(false);
            Expect.Equal(EnrolmentOutcome.ProofingTooWeak, await EnrolAsync(scene, ProofingLevel.Unstated).ConfigureAwait(false), "unstated");
            Expect.Equal(EnrolmentOutcome.ProofingTooWeak, await EnrolAsync(scene, ProofingLevel.Basic).ConfigureAwait(false), "basic");
            Expect.Equal(EnrolmentOutcome.Enrolled, await EnrolAsync(scene, ProofingLevel.Substantial).ConfigureAwait(false), "substantial");
        }),
        new("TryEnrolDevice_TicketOfAClerk_IsInDeviceAndHistory", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            var proofing = Proofing(ProofingLevel.Substantial) with { Method = ProofingRecord.ReceptionDesk, ClerkId = "clerk-1", InstitutionId = "org-1" };
            var ticket = scene.Ticket(StoreScene.NewId("ticket")) with { Proofing = proofing };
            await store.AddTicketAsync(ticket, ct).ConfigureAwait(false);
            await store.TryEnrolDeviceAsync(ticket.Digest, scene.Device() with { Name = "synthetic name" }, StoreScene.Now, ct).ConfigureAwait(false);
            var device = await store.FindDeviceAsync(scene.Tenant, scene.Device().Id, ct).ConfigureAwait(false);
            Expect.Same(scene.Device() with { Name = "synthetic name", Proofing = proofing }, device, RecordJson.Context.Device, "the device");
            var line = (await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false))[0];
            var expected = new LifeCycleEntry
            {
                At = StoreScene.Now,
                AccountId = scene.AccountId,
                DeviceId = scene.Device().Id,
                Event = LifeCycleEntry.Enrolled,
                To = "Active",
                Actor = LifeCycleActor.Clerk("clerk-1", "org-1"),
                Proofing = proofing,
            };
            Expect.Same(expected, line, RecordJson.Context.LifeCycleEntry, "the line");
        }),
        new("RenameDevice_Known_IsSeenAndWrittenDownWithoutTheName", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var id = scene.Device().Id;
            Expect.False(await store.RenameDeviceAsync(scene.Tenant, "another", id, "x", LifeCycleActor.Op, _at, ct).ConfigureAwait(false), "of another person");
            Expect.False(await store.RenameDeviceAsync(scene.Tenant, scene.AccountId, "unknown", "x", LifeCycleActor.Op, _at, ct).ConfigureAwait(false), "unknown");
            foreach (var name in new[] { "母の電話", null })
            {
                Expect.True(await store.RenameDeviceAsync(scene.Tenant, scene.AccountId, id, name, LifeCycleActor.Person(id), _at, ct).ConfigureAwait(false), "known");
                Expect.Equal(name, (await store.FindDeviceAsync(scene.Tenant, id, ct).ConfigureAwait(false))?.Name, "the name");
            }

            var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence(["Enrolled", "Renamed", "Renamed"], lines.Select(line => line.Event), "the history");
            Expect.Equal((id, "Active", "Active"), (lines[1].DeviceId, lines[1].From, lines[1].To), "a line");
        }),
        new("ChangeAccount_Unknown_IsUnknown", async (store, ct) =>
        {
            var unknown = await store.ChangeAccountAsync(Change(new StoreScene(store), AccountEvent.Suspend), ct).ConfigureAwait(false);
            Expect.Equal(ProviderErrorCodes.AccountUnknown, unknown.Error?.Code, "code");
        }),
        new("ChangeAccount_Archived_RevokesEveryDeviceAndCancelsRequests", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var second = await SecondAsync(scene).ConfigureAwait(false);
            await store.ChangeDeviceAsync(Change(second, DeviceEvent.Suspend), ct).ConfigureAwait(false);
            await store.ChangeAccountAsync(Change(scene, AccountEvent.Archive), ct).ConfigureAwait(false);
            Expect.Equal(DeviceState.Revoked, await StateAsync(scene).ConfigureAwait(false), "the first device");
            Expect.Equal(DeviceState.Revoked, await StateAsync(second).ConfigureAwait(false), "the second device");
            Expect.Equal(CibaStatus.Denied, await scene.StatusAsync().ConfigureAwait(false), "the request");
            var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence(["Enrolled", "Enrolled", "Suspend", "Archive", "Revoke", "Revoke"], lines.Select(line => line.Event), "the history");
            Expect.Equal(EnrolmentOutcome.AccountNotActive, await EnrolAsync(scene, ProofingLevel.High).ConfigureAwait(false), "an enrolment for who has left");
        }),
    ];

    private static async Task WalkAsync(IProviderStore store, DeviceTransition cell)
    {
        var scene = await InAsync(store, _ways[cell.From]).ConfigureAwait(false);
        var before = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId).ConfigureAwait(false);
        Expect.Equal(cell.From, await StateAsync(scene).ConfigureAwait(false), "the state before");
        var outcome = await store.ChangeDeviceAsync(Change(scene, cell.Event)).ConfigureAwait(false);
        Expect.Equal(cell.Code, outcome.Error?.Code, "the code");
        Expect.Equal(cell.To, outcome.Value?.State, "the state in the answer");
        Expect.Equal(cell.To ?? cell.From, await StateAsync(scene).ConfigureAwait(false), "the state after");
        var lines = await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId).ConfigureAwait(false);
        Expect.Equal(before.Count + (cell.To is null ? 0 : 1), lines.Count, "history lines");
        if (cell.To is not null)
        {
            var line = new LifeCycleEntry
            {
                At = _at,
                AccountId = scene.AccountId,
                DeviceId = scene.Device().Id,
                Event = cell.Event.ToString(),
                From = cell.From.ToString(),
                To = cell.To.ToString()!,
                Actor = LifeCycleActor.Administrator("synthetic-administrator"),
            };
            Expect.Same(line, lines[^1], RecordJson.Context.LifeCycleEntry, "the line");
        }
    }

    private static async Task WalkAsync(IProviderStore store, AccountTransition cell)
    {
        var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
        foreach (var way in _accountWays[cell.From])
        {
            Expect.Null((await store.ChangeAccountAsync(Change(scene, way)).ConfigureAwait(false)).Error, "the way to the state");
        }

        var before = (await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId).ConfigureAwait(false)).Count(line => line.DeviceId is null);
        var outcome = await store.ChangeAccountAsync(Change(scene, cell.Event)).ConfigureAwait(false);
        Expect.Equal(cell.Code, outcome.Error?.Code, "the code");
        Expect.Equal(cell.To, outcome.Value?.Status, "the state in the answer");
        Expect.Equal(cell.To ?? cell.From, (await store.FindAccountAsync(scene.Tenant, scene.AccountId).ConfigureAwait(false))?.Status, "the state after");
        LifeCycleEntry[] lines = [.. (await store.ListLifeCycleAsync(scene.Tenant, scene.AccountId).ConfigureAwait(false)).Where(line => line.DeviceId is null)];
        Expect.Equal(before + (cell.To is null ? 0 : 1), lines.Length, "history lines");
        if (cell.To is not null)
        {
            Expect.Equal((cell.Event.ToString(), cell.From.ToString(), cell.To.ToString()), (lines[^1].Event, lines[^1].From, lines[^1].To), "the line");
        }
    }

    private static async Task<StoreScene> InAsync(IProviderStore store, DeviceEvent[] way)
    {
        var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
        foreach (var happened in way)
        {
            Expect.Null((await store.ChangeDeviceAsync(Change(scene, happened)).ConfigureAwait(false)).Error, "the way to the state");
        }

        return scene;
    }

    private static DeviceChange Change(StoreScene scene, DeviceEvent happened) => new()
    {
        Tenant = scene.Tenant,
        AccountId = scene.AccountId,
        DeviceId = scene.Device().Id,
        Event = happened,
        Actor = LifeCycleActor.Administrator("synthetic-administrator"),
        At = _at,
        LeavesNone = happened == DeviceEvent.Revoke,
    };

    private static AccountChange Change(StoreScene scene, AccountEvent happened) => new()
    {
        Tenant = scene.Tenant,
        AccountId = scene.AccountId,
        Event = happened,
        Actor = LifeCycleActor.Administrator("synthetic-administrator"),
        At = _at,
    };

    private static ProofingRecord Proofing(ProofingLevel level) => new() { Method = "synthetic", Level = level, At = StoreScene.Now };

    private static async Task<DeviceState?> StateAsync(StoreScene scene) => (await scene.Store.FindDeviceAsync(scene.Tenant, scene.Device().Id).ConfigureAwait(false))?.State;

    private static async Task<string> TokenAsync(StoreScene scene)
    {
        var digest = StoreScene.NewId("device-token");
        await scene.Store.AddDeviceTokenAsync(
            new() { Tenant = scene.Tenant, Digest = digest, AccountId = scene.AccountId, DeviceId = scene.Device().Id, ExpiresAt = StoreScene.AccessEnd }).ConfigureAwait(false);
        return digest;
    }

    private static async Task<StoreScene> SecondAsync(StoreScene scene, string? replaces = null)
    {
        var next = new StoreScene(scene.Store) { AccountId = scene.AccountId };
        var ticket = next.Ticket(StoreScene.NewId("ticket")) with { Replaces = replaces };
        await scene.Store.AddTicketAsync(ticket).ConfigureAwait(false);
        Expect.Equal(EnrolmentOutcome.Enrolled, await scene.Store.TryEnrolDeviceAsync(ticket.Digest, next.Device(), StoreScene.Now).ConfigureAwait(false), "the second enrolment");
        return next;
    }

    private static async Task<StoreScene> EnrolledWithAsync(IProviderStore store, ProofingLevel level, bool hardware)
    {
        var scene = new StoreScene(store);
        await store.PutAccountAsync(scene.Account()).ConfigureAwait(false);
        var ticket = scene.Ticket(StoreScene.NewId("ticket")) with { Proofing = Proofing(level) };
        await store.AddTicketAsync(ticket).ConfigureAwait(false);
        await store.TryEnrolDeviceAsync(ticket.Digest, scene.Device() with { HardwareBound = hardware }, StoreScene.Now).ConfigureAwait(false);
        return scene;
    }

    private static async Task<EnrolmentOutcome> EnrolAsync(StoreScene scene, ProofingLevel level)
    {
        var next = new StoreScene(scene.Store) { AccountId = scene.AccountId };
        var ticket = next.Ticket(StoreScene.NewId("ticket")) with { Proofing = Proofing(level) };
        await scene.Store.AddTicketAsync(ticket).ConfigureAwait(false);
        return await scene.Store.TryEnrolDeviceAsync(ticket.Digest, next.Device(), StoreScene.Now).ConfigureAwait(false);
    }
}
