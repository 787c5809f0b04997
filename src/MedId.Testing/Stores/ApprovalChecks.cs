using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class ApprovalChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("TryApprove_Pending_ChangesRequestConsentCounterAndHistoryTogether", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var approval = scene.Approval();
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "outcome");
            var request = await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false);
            Expect.Same(scene.Request() with { Status = CibaStatus.Approved, Grant = approval.Grant }, request, RecordJson.Context.CibaRequest, "the request");
            Expect.Same(approval.Consent, await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false), RecordJson.Context.ConsentRecord, "the consent");
            var lines = await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.SameSequence([new ConsentEvent(approval.At, "given", null) { Entry = 2 }], lines, "the history");
            Expect.Equal(11, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the counter");
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent is active");
        }),
        new("TryApprove_FewerScopes_KeepsExactlyThoseAndSaysNarrowed", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var approval = scene.Approval("patient/MedicationRequest.read");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "outcome");
            var poll = await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            Expect.SameSequence(["openid", "patient/MedicationRequest.read"], poll!.Request.Grant!.Scopes, "the grant's scopes");
            var consent = await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.SameSequence(["patient/MedicationRequest.read"], consent!.ScopesGranted, "the consent's scopes");
            Expect.Equal("narrowed", (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false))[0].Kind, "the first line");
        }),
        new("TryApprove_RequestEnd_IsExact", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.Expired, await store.TryApproveAsync(scene.Approval() with { At = StoreScene.RequestEnd }, ct).ConfigureAwait(false), "at the end");
            await NothingChangedAsync(scene).ConfigureAwait(false);
            Expect.Equal(
                ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Approval() with { At = StoreScene.RequestEnd.AddTicks(-1) }, ct).ConfigureAwait(false), "just before");
        }),
        new("TryApprove_UnknownOrDecidedRequest_IsNotPending", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.NotPending, await store.TryApproveAsync(scene.Approval() with { RequestId = "unknown" }, ct).ConfigureAwait(false), "unknown");
            await NothingChangedAsync(scene).ConfigureAwait(false);
            await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false);
            var second = NextApproval(scene);
            Expect.Equal(ApprovalOutcome.NotPending, await store.TryApproveAsync(second, ct).ConfigureAwait(false), "approved before");
            Expect.Null(await store.FindConsentAsync(scene.Tenant, second.Consent.Id, ct).ConfigureAwait(false), "the second consent");
            await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.NotPending, await store.TryApproveAsync(second, ct).ConfigureAwait(false), "redeemed before");
            Expect.Equal(ApprovalOutcome.NotPending, await store.TryApproveAsync(second with { At = StoreScene.RequestEnd }, ct).ConfigureAwait(false), "decided before expired");
        }),
        new("TryApprove_SuspendedOrUnknownAccount_ChangesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.AccountNotActive, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "suspended");
            await NothingChangedAsync(scene).ConfigureAwait(false);
            var unknownRequest = scene.Approval() with { RequestId = "unknown" };
            Expect.Equal(ApprovalOutcome.AccountNotActive, await store.TryApproveAsync(unknownRequest, ct).ConfigureAwait(false), "the account is judged first");
            Expect.Equal(ApprovalOutcome.AccountNotActive, await store.TryApproveAsync(new StoreScene(store).Approval(), ct).ConfigureAwait(false), "unknown account");
        }),
        new("TryApprove_CounterMovedOrDeviceNotOfThePerson_ChangesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var stranger = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            foreach (var (approval, what) in new[]
            {
                (scene.Using(use => use with { ExpectedCounter = 9 }), "a counter that moved"),
                (scene.Using(use => use with { NextCounter = 9 }), "a counter that goes back"),
                (scene.Using(use => use with { KeyId = "unknown" }), "an unknown key"),
                (scene.Using(use => use with { Model = "0000#0002" }), "another model"),
                (scene.Using(use => use with { KeyId = stranger.KeyId }), "another person's device"),
            })
            {
                Expect.Equal(ApprovalOutcome.CounterMoved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), what);
                await NothingChangedAsync(scene).ConfigureAwait(false);
            }

            Expect.Equal(
                ApprovalOutcome.Expired,
                await store.TryApproveAsync(scene.Using(use => use with { ExpectedCounter = 9 }) with { At = StoreScene.RequestEnd }, ct).ConfigureAwait(false),
                "expiry is judged before the counter");
        }),
        new("TryApprove_GrantOrConsentOfAnother_IsMisuse", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var approval = scene.Approval();
            foreach (var (wrong, what) in new[]
            {
                (approval with { Grant = approval.Grant with { ConsentId = "another" } }, "a grant of another consent"),
                (approval with { Grant = approval.Grant with { Id = "another" } }, "a grant with another id"),
                (approval with { Consent = approval.Consent with { Subject = "another" } }, "a consent of another person"),
                (approval with { Consent = approval.Consent with { Tenant = ProviderStoreConformance.OtherTenant } }, "a consent of another tenant"),
                (approval with { Grant = approval.Grant with { ClientId = StoreScene.OtherClient } }, "a grant of another client"),
                (approval with { Grant = approval.Grant with { Scopes = [.. approval.Grant.Scopes, "patient/Observation.read"] } }, "a grant of more than was asked for"),
                (approval with { Consent = approval.Consent with { ScopesShown = ["patient/Patient.read"] } }, "a consent to more than was shown"),
            })
            {
                await Expect.MisuseAsync(async () => await store.TryApproveAsync(wrong, ct).ConfigureAwait(false), what).ConfigureAwait(false);
                await NothingChangedAsync(scene).ConfigureAwait(false);
            }
        }),
        new("TryApprove_ConsentIdTaken_ChangesNothing", async (store, ct) =>
        {
            var first = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var second = new StoreScene(store, first.Tenant) { AccountId = first.AccountId, KeyId = first.KeyId, ConsentId = first.ConsentId };
            await store.AddRequestAsync(second.Request(), 8, ct).ConfigureAwait(false);
            var approval = second.Using(use => use with { ExpectedCounter = 11, NextCounter = 12 });
            await Expect.MisuseAsync(async () => await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "a consent id that is taken").ConfigureAwait(false);
            Expect.Equal(CibaStatus.Pending, await second.StatusAsync().ConfigureAwait(false), "the second request");
            Expect.Equal(11, (await store.ListDevicesAsync(first.Tenant, first.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the counter");
            Expect.Equal(1, (await store.ListConsentEventsAsync(first.Tenant, first.ConsentId, ct).ConfigureAwait(false)).Count, "history lines");
        }),
        new("TryApprove_ManyAtOnce_OneWinsWithOneConsent", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(number => store.TryApproveAsync(StoreScene.Using(NextApproval(scene), use => use with { ExpectedCounter = 10, NextCounter = 11 + number }), ct)).ConfigureAwait(false);
            Expect.OneWinner(outcomes, ApprovalOutcome.Approved, ApprovalOutcome.NotPending, "callers");
            Expect.Equal(1, (await store.ListConsentsAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Count, "consents");
        }),
        new("TryApprove_AgainstDenialAtOnce_OneOfThemWins", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var won = await Expect.RaceAsync(async number => number % 2 == 0
                ? await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now, ct).ConfigureAwait(false)
                : await store.TryApproveAsync(NextApproval(scene), ct).ConfigureAwait(false) == ApprovalOutcome.Approved).ConfigureAwait(false);
            Expect.OneWinner(won, true, false, "callers");
            var consents = await store.ListConsentsAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.Equal(await scene.StatusAsync().ConfigureAwait(false) == CibaStatus.Approved, consents.Count == 1, "a consent exactly when approved");
        }),
    ];

    /// <summary>Another act for the same request, with a consent of its own.</summary>
    private static Approval NextApproval(StoreScene scene) =>
        scene.Again().Approval() with { RequestId = scene.RequestId };

    private static async Task NothingChangedAsync(StoreScene scene)
    {
        Expect.Equal(CibaStatus.Pending, await scene.StatusAsync().ConfigureAwait(false), "the request stays pending");
        Expect.Null(await scene.Store.FindConsentAsync(scene.Tenant, scene.ConsentId).ConfigureAwait(false), "no consent is recorded");
        Expect.Equal(0, (await scene.Store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId).ConfigureAwait(false)).Count, "no history line");
        Expect.Equal(10, (await scene.Store.ListDevicesAsync(scene.Tenant, scene.AccountId).ConfigureAwait(false))[0].SignCounter, "the counter");
    }
}
