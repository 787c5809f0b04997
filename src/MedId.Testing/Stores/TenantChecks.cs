using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

internal static class TenantChecks
{
    private static readonly TenantId _other = ProviderStoreConformance.OtherTenant;

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("EveryVerb_FromAnotherTenant_FindsAndChangesNothing", async (store, ct) =>
        {
            var (refresh, ticket, ceremony, at) = (StoreScene.NewId("refresh"), StoreScene.NewId("ticket"), StoreScene.NewId("ceremony"), StoreScene.Now.AddMinutes(2));
            var scene = await new StoreScene(store).RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            var pending = scene.Again();
            await store.AddRequestAsync(pending.Request(), 8, ct).ConfigureAwait(false);
            await store.AddTicketAsync(scene.Ticket(ticket), ct).ConfigureAwait(false);
            await store.AddCeremonyAsync(scene.Ceremony(ceremony), ct).ConfigureAwait(false);
            await store.AddDeviceTokenAsync(new() { Tenant = scene.Tenant, Digest = ticket, AccountId = scene.AccountId, ExpiresAt = at.AddMinutes(5) }, ct).ConfigureAwait(false);
            await store.RevokeTokenAsync(scene.Tenant, ticket, at, ct).ConfigureAwait(false);

            Expect.Null(await store.FindAccountAsync(_other, scene.AccountId, ct).ConfigureAwait(false), "account");
            Expect.Null(await store.FindAccountByHintAsync(_other, scene.AccountId + "-hint", ct).ConfigureAwait(false), "account by hint");
            Expect.Equal(UserCodeOutcome.Wrong, await store.JudgeUserCodeAsync(_other, scene.AccountId, scene.AccountId + "-code", at, ct).ConfigureAwait(false), "user code");
            Expect.False(await store.SetAccountStatusAsync(_other, scene.AccountId, AccountStatus.Suspended, at, ct).ConfigureAwait(false), "suspension");
            Expect.Equal(TicketStatus.Unknown, (await store.FindTicketAsync(_other, ticket, StoreScene.Now, ct).ConfigureAwait(false)).Status, "ticket");
            Expect.Equal(
                EnrolmentOutcome.TicketNotOpen, await store.TryEnrolDeviceAsync(ticket, scene.Device() with { Tenant = _other }, StoreScene.Now, ct).ConfigureAwait(false), "enrolment");
            Expect.Equal(0, (await store.ListDevicesAsync(_other, scene.AccountId, ct).ConfigureAwait(false)).Count, "devices");
            Expect.Null(await store.FindDeviceByHandleAsync(_other, scene.Device().HandleDigest, ct).ConfigureAwait(false), "device");
            Expect.False(await store.TryAdvanceCounterAsync(scene.Advance(11, 12) with { Tenant = _other }, ct).ConfigureAwait(false), "counter");
            Expect.Null(await store.TryTakeCeremonyAsync(_other, ceremony, StoreScene.Now, ct).ConfigureAwait(false), "ceremony");
            Expect.Null(await store.FindDeviceTokenAsync(_other, ticket, StoreScene.Now, ct).ConfigureAwait(false), "device token");
            Expect.Null(await store.FindRequestAsync(_other, pending.RequestId, ct).ConfigureAwait(false), "request");
            Expect.Null(await store.PollRequestAsync(_other, pending.Digest, StoreScene.Client, StoreScene.Now, ct).ConfigureAwait(false), "poll");
            Expect.False(await store.TryDenyRequestAsync(_other, pending.RequestId, StoreScene.Now, ct).ConfigureAwait(false), "denial");
            Expect.False(await store.TryRedeemRequestAsync(_other, pending.RequestId, null, StoreScene.Now, ct).ConfigureAwait(false), "redemption");
            Expect.Null(await store.FindConsentAsync(_other, scene.ConsentId, ct).ConfigureAwait(false), "consent");
            Expect.False(await store.IsConsentActiveAsync(_other, scene.ConsentId, scene.AccountId, at, ct).ConfigureAwait(false), "consent's state");
            Expect.Equal(0, (await store.ListConsentsAsync(_other, scene.AccountId, ct).ConfigureAwait(false)).Count, "consents");
            Expect.Equal(0, (await store.ListConsentEventsAsync(_other, scene.ConsentId, ct).ConfigureAwait(false)).Count, "history");
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawConsentAsync(_other, scene.ConsentId, scene.AccountId, at, ct).ConfigureAwait(false), "withdrawal");
            Expect.Null(await store.FindRefreshTokenAsync(_other, refresh, ct).ConfigureAwait(false), "refresh token");
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), refresh);
            Expect.Equal(RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(_other, refresh, StoreScene.Client, next, at, ct).ConfigureAwait(false), "rotation");
            Expect.False(await store.RevokeRefreshFamilyAsync(_other, refresh, StoreScene.Client, at, ct).ConfigureAwait(false), "revocation of a family");
            Expect.False(await store.IsTokenRevokedAsync(_other, ticket, ct).ConfigureAwait(false), "revocation");

            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent afterwards");
            Expect.Equal(CibaStatus.Pending, await pending.StatusAsync().ConfigureAwait(false), "the request afterwards");
            Expect.Equal(TicketStatus.Open, (await store.FindTicketAsync(scene.Tenant, ticket, StoreScene.Now, ct).ConfigureAwait(false)).Status, "the ticket afterwards");
            Expect.True(await store.TryTakeCeremonyAsync(scene.Tenant, ceremony, StoreScene.Now, ct).ConfigureAwait(false) is not null, "the ceremony afterwards");
            Expect.True(await store.FindRefreshTokenAsync(scene.Tenant, refresh, ct).ConfigureAwait(false) is not null, "the refresh token afterwards");
        }),
        new("EveryKey_SameInTwoTenants_IsTwoRecords", async (store, ct) =>
        {
            var one = new StoreScene(store);
            var two = new StoreScene(store, _other)
            {
                AccountId = one.AccountId,
                RequestId = one.RequestId,
                Digest = one.Digest,
                ConsentId = one.ConsentId,
                KeyId = one.KeyId,
            };
            var refresh = StoreScene.NewId("refresh");
            await one.RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            await two.RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            var key = new ReplayKey("https://doctors.example", refresh, StoreScene.AccessEnd);
            Expect.True(await store.TryConsumeAsync(one.Tenant, key, ct).ConfigureAwait(false), "the key in one tenant");
            Expect.True(await store.TryConsumeAsync(two.Tenant, key, ct).ConfigureAwait(false), "the key in the other tenant");
            await store.WithdrawConsentAsync(one.Tenant, one.ConsentId, one.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            await store.SetAccountStatusAsync(one.Tenant, one.AccountId, AccountStatus.Suspended, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false);
            Expect.False(await one.ConsentActiveAsync().ConfigureAwait(false), "the withdrawn one");
            Expect.True(await two.ConsentActiveAsync().ConfigureAwait(false), "the other tenant's");
            Expect.True(await store.FindRefreshTokenAsync(two.Tenant, refresh, ct).ConfigureAwait(false) is not null, "the other tenant's refresh token");
        }),
    ];
}
