using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class SingleUseChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("TryConsume_New_IsTrueOnce", async (store, ct) =>
        {
            var key = NewKey();
            Expect.True(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct).ConfigureAwait(false), "first");
            Expect.False(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct).ConfigureAwait(false), "second");
            Expect.False(
                await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key with { ExpiresAt = key.ExpiresAt.AddDays(1) }, ct).ConfigureAwait(false), "with another end");
        }),
        new("TryConsume_AnotherIssuer_IsAnotherKey", async (store, ct) =>
        {
            var key = NewKey();
            Expect.True(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct).ConfigureAwait(false), "first issuer");
            Expect.True(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key with { Issuer = key.Issuer + "2" }, ct).ConfigureAwait(false), "another issuer");
            var shifted = key with { Issuer = key.Issuer + key.Id[0], Id = key.Id[1..] };
            Expect.True(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, shifted, ct).ConfigureAwait(false), "the same letters divided elsewhere");
        }),
        new("TryConsume_ManyAtOnce_OneWins", async (store, ct) =>
        {
            var key = NewKey();
            Expect.OneWinner(await Expect.RaceAsync(_ => store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct)).ConfigureAwait(false), true, false, "callers");
        }),
        new("Sweep_ConsumedKey_IsRememberedThroughItsLastInstant", async (store, ct) =>
        {
            var key = NewKey();
            await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct).ConfigureAwait(false);
            await store.SweepAsync(key.ExpiresAt, ct).ConfigureAwait(false);
            Expect.False(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct).ConfigureAwait(false), "at its end");
            await store.SweepAsync(key.ExpiresAt.AddTicks(1), ct).ConfigureAwait(false);
            Expect.True(await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key, ct).ConfigureAwait(false), "past its end it is forgotten");
        }),
        new("RevokeToken_Revoked_IsRevokedUntilSweptPastItsEnd", async (store, ct) =>
        {
            var (tenant, id) = (ProviderStoreConformance.Tenant, StoreScene.NewId("jti"));
            Expect.False(await store.IsTokenRevokedAsync(tenant, id, ct).ConfigureAwait(false), "before");
            await store.RevokeTokenAsync(tenant, id, StoreScene.AccessEnd, ct).ConfigureAwait(false);
            await store.RevokeTokenAsync(tenant, id, StoreScene.AccessEnd.AddMinutes(-5), ct).ConfigureAwait(false);
            Expect.True(await store.IsTokenRevokedAsync(tenant, id, ct).ConfigureAwait(false), "revoked");
            await store.SweepAsync(StoreScene.AccessEnd, ct).ConfigureAwait(false);
            Expect.True(await store.IsTokenRevokedAsync(tenant, id, ct).ConfigureAwait(false), "at the later of both ends");
            await store.SweepAsync(StoreScene.AccessEnd.AddTicks(1), ct).ConfigureAwait(false);
            Expect.False(await store.IsTokenRevokedAsync(tenant, id, ct).ConfigureAwait(false), "past its end");
        }),
        new("Sweep_TicketsCeremoniesDeviceTokens_GoWhenNobodyCanUseThem", async (store, ct) =>
        {
            var (scene, id) = (new StoreScene(store), StoreScene.NewId("sweep"));
            await store.AddTicketAsync(scene.Ticket(id), ct).ConfigureAwait(false);
            await store.AddCeremonyAsync(scene.Ceremony(id), ct).ConfigureAwait(false);
            await store.AddDeviceTokenAsync(new() { Tenant = scene.Tenant, Digest = id, AccountId = scene.AccountId, ExpiresAt = StoreScene.Now.AddMinutes(10) }, ct).ConfigureAwait(false);
            await store.SweepAsync(StoreScene.Now, ct).ConfigureAwait(false);
            Expect.True(await store.FindDeviceTokenAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false) is not null, "a live device token");
            Expect.True(await store.SweepAsync(StoreScene.Now.AddMinutes(10), ct).ConfigureAwait(false) >= 2, "ceremony and device token went");
            Expect.Null(await store.TryTakeCeremonyAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false), "the ceremony");
            Expect.Null(await store.FindDeviceTokenAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false), "the device token");
            await store.SweepAsync(scene.Ticket(id).ExpiresAt.AddHours(1), ct).ConfigureAwait(false);
            Expect.Equal(TicketStatus.Expired, (await store.FindTicketAsync(scene.Tenant, id, scene.Ticket(id).ExpiresAt, ct).ConfigureAwait(false)).Status, "the ticket an hour later");
            await store.SweepAsync(scene.Ticket(id).ExpiresAt.AddYears(1), ct).ConfigureAwait(false);
            Expect.Equal(TicketStatus.Unknown, (await store.FindTicketAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false)).Status, "the ticket a year later");
        }),
        new("Sweep_MoreThanOneBatch_GoesWholeAndIsCounted", async (store, ct) =>
        {
            const int many = 1000;
            await store.SweepAsync(StoreScene.Now.AddYears(-1), ct).ConfigureAwait(false);
            var key = NewKey() with { ExpiresAt = StoreScene.Now.AddYears(-1) };
            for (var i = 0; i < many; i++)
            {
                await store.TryConsumeAsync(ProviderStoreConformance.Tenant, key with { Id = key.Id + i }, ct).ConfigureAwait(false);
            }

            Expect.Equal(many, await store.SweepAsync(StoreScene.Now.AddYears(-1).AddTicks(1), ct).ConfigureAwait(false), "records swept");
        }),
    ];

    private static ReplayKey NewKey() => new("https://doctors.example", StoreScene.NewId("jti"), StoreScene.Now.AddMinutes(5));
}
