using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

internal static class DurabilityChecks
{
    public static IReadOnlyList<ProviderStoreReopenCheck> All { get; } =
    [
        new("Reopen_EveryRecord_IsThereWhole", async (reopen, ct) =>
        {
            var (refresh, id) = (StoreScene.NewId("refresh"), StoreScene.NewId("id"));
            var scene = await new StoreScene(await reopen(ct).ConfigureAwait(false)).RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            await scene.Store.AddTicketAsync(scene.Ticket(id), ct).ConfigureAwait(false);
            await scene.Store.AddCeremonyAsync(scene.Ceremony(id), ct).ConfigureAwait(false);
            var token = new DeviceToken { Tenant = scene.Tenant, Digest = id, AccountId = scene.AccountId, ExpiresAt = StoreScene.AccessEnd };
            await scene.Store.AddDeviceTokenAsync(token, ct).ConfigureAwait(false);
            await scene.Store.RevokeTokenAsync(scene.Tenant, id, StoreScene.AccessEnd, ct).ConfigureAwait(false);
            await scene.Store.TryConsumeAsync(scene.Tenant, new(id, id, StoreScene.AccessEnd), ct).ConfigureAwait(false);

            var store = await reopen(ct).ConfigureAwait(false);
            Expect.Same(scene.Account(), await store.FindAccountByHintAsync(scene.Tenant, scene.AccountId + "-hint", ct).ConfigureAwait(false), RecordJson.Context.Account, "account");
            var device = await store.FindDeviceByHandleAsync(scene.Tenant, scene.Device().HandleDigest, ct).ConfigureAwait(false);
            Expect.Same(scene.Device() with { SignCounter = 11 }, device, RecordJson.Context.Device, "device");
            var request = scene.Request() with { Status = CibaStatus.Redeemed, Grant = scene.Grant(StoreScene.DataScopes) };
            Expect.Same(request, await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false), RecordJson.Context.CibaRequest, "request");
            var consent = await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.Same(scene.Consent(StoreScene.DataScopes), consent, RecordJson.Context.ConsentRecord, "consent");
            Expect.Equal(2, (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false)).Count, "history lines");
            var found = await store.FindRefreshTokenAsync(scene.Tenant, refresh, ct).ConfigureAwait(false);
            Expect.Same(scene.RefreshToken(refresh, refresh), found, RecordJson.Context.RefreshTokenRecord, "refresh token");
            Expect.Equal(TicketStatus.Open, (await store.FindTicketAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false)).Status, "ticket");
            Expect.Equal(token, await store.FindDeviceTokenAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false), "device token");
            Expect.Same(scene.Ceremony(id), await store.TryTakeCeremonyAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false), RecordJson.Context.Ceremony, "ceremony");
            Expect.True(await store.IsTokenRevokedAsync(scene.Tenant, id, ct).ConfigureAwait(false), "revocation");
            Expect.False(await store.TryConsumeAsync(scene.Tenant, new(id, id, StoreScene.AccessEnd), ct).ConfigureAwait(false), "the consumed key again");
        }),
        new("Reopen_AfterACompleteWalk_TrailAndHistoryAreThere", async (reopen, ct) =>
        {
            var refresh = StoreScene.NewId("refresh");
            var scene = await new StoreScene(await reopen(ct).ConfigureAwait(false)).RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            Expect.True(await HistoryChecks.ReadAsync(scene, StoreScene.Now.AddMinutes(2), TimeSpan.Zero).ConfigureAwait(false), "read");
            var (trail, history) = (await scene.Store.FindAuditHeadAsync(scene.Tenant, ct).ConfigureAwait(false), await scene.Store.FindHistoryHeadAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false));
            var store = await reopen(ct).ConfigureAwait(false);
            Expect.Equal(trail, await store.FindAuditHeadAsync(scene.Tenant, ct).ConfigureAwait(false), "the head of the trail");
            Expect.Equal(history, await store.FindHistoryHeadAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "the head of the history");
            var again = new StoreScene(store, scene.Tenant) { AccountId = scene.AccountId, RequestId = scene.RequestId, ConsentId = scene.ConsentId };
            Expect.Equal(5, (await AuditChecks.OfAsync(again).ConfigureAwait(false)).Count, "audit lines");
            Expect.Equal(3, (await HistoryChecks.EntriesAsync(again).ConfigureAwait(false)).Count, "entries");
        }),
        new("Reopen_BetweenApprovalAndRedemption_IsStillRedeemableOnce", async (reopen, ct) =>
        {
            var scene = await new StoreScene(await reopen(ct).ConfigureAwait(false)).ApprovedAsync().ConfigureAwait(false);
            var store = await reopen(ct).ConfigureAwait(false);
            var poll = await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            Expect.Equal(CibaPollOutcome.Approved, poll?.Outcome, "poll");
            Expect.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false), "redemption");
            store = await reopen(ct).ConfigureAwait(false);
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false), "redemption again");
        }),
        new("Reopen_AfterWithdrawalSuspensionRotationAndWrongCodes_AllOfThemHold", async (reopen, ct) =>
        {
            var refresh = StoreScene.NewId("refresh");
            var withdrawn = await new StoreScene(await reopen(ct).ConfigureAwait(false)).ApprovedAsync().ConfigureAwait(false);
            var store = withdrawn.Store;
            await store.WithdrawConsentAsync(withdrawn.Tenant, withdrawn.ConsentId, withdrawn.AccountId, StoreScene.Now, ct).ConfigureAwait(false);
            var suspended = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.SetAccountStatusAsync(suspended.Tenant, suspended.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            var rotated = await new StoreScene(store).RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            await store.RotateRefreshTokenAsync(rotated.Tenant, refresh, StoreScene.Client, rotated.RefreshToken(refresh + "2", refresh), StoreScene.Now, ct).ConfigureAwait(false);
            for (var i = 0; i < IAccountStore.UserCodeAttempts; i++)
            {
                await store.JudgeUserCodeAsync(rotated.Tenant, rotated.AccountId, "wrong", StoreScene.Now, ct).ConfigureAwait(false);
            }

            store = await reopen(ct).ConfigureAwait(false);
            Expect.False(await store.IsConsentActiveAsync(withdrawn.Tenant, withdrawn.ConsentId, withdrawn.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "withdrawn");
            Expect.False(await store.TryRedeemRequestAsync(withdrawn.Tenant, withdrawn.RequestId, null, StoreScene.Now, ct).ConfigureAwait(false), "redemption after withdrawal");
            Expect.False(await store.IsConsentActiveAsync(suspended.Tenant, suspended.ConsentId, suspended.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "suspended");
            var code = await store.JudgeUserCodeAsync(rotated.Tenant, rotated.AccountId, rotated.AccountId + "-code", StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal(UserCodeOutcome.Locked, code, "user code");
            var next = rotated.RefreshToken(refresh + "3", refresh);
            Expect.Equal(RefreshOutcome.Reused, await store.RotateRefreshTokenAsync(rotated.Tenant, refresh, StoreScene.Client, next, StoreScene.Now, ct).ConfigureAwait(false), "the rotated token");
        }),
    ];
}
