using MedId.Provider;

namespace MedId.Testing;

internal static class DeviceChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("ListDevices_SeveralDevices_NewestFirst", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            List<string> keys = [scene.KeyId];
            foreach (var enrolled in new[] { StoreScene.Now.AddMinutes(2), StoreScene.Now.AddMinutes(1), StoreScene.Now.AddMinutes(2) })
            {
                var next = new StoreScene(store) { AccountId = scene.AccountId };
                var ticket = StoreScene.NewId("ticket");
                await store.AddTicketAsync(next.Ticket(ticket), ct).ConfigureAwait(false);
                await store.TryEnrolDeviceAsync(ticket, next.Device() with { EnrolledAt = enrolled }, StoreScene.Now, ct).ConfigureAwait(false);
                keys.Add(next.KeyId);
            }

            var found = await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence([keys[3], keys[1], keys[2], keys[0]], found.Select(device => device.KeyId), "newest first, at one instant the later written first");
            Expect.Equal(0, (await store.ListDevicesAsync(scene.Tenant, "unknown", ct).ConfigureAwait(false)).Count, "devices of nobody");
        }),
        new("FindDeviceByHandle_HandleOfADevice_FindsIt", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var found = await store.FindDeviceByHandleAsync(scene.Tenant, scene.Device().HandleDigest, ct).ConfigureAwait(false);
            Expect.Same(scene.Device(), found, RecordJson.Context.Device, "the device");
            Expect.Null(await store.FindDeviceByHandleAsync(scene.Tenant, "unknown", ct).ConfigureAwait(false), "an unknown handle");
        }),
        new("TryAdvanceCounter_FromTheJudgedValue_MovesAndIsSeen", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            Expect.True(await AdvanceAsync(scene, 10, 12).ConfigureAwait(false), "10 to 12");
            Expect.False(await AdvanceAsync(scene, 10, 13).ConfigureAwait(false), "from a value that is gone");
            Expect.True(await AdvanceAsync(scene, 12, 12).ConfigureAwait(false), "an authenticator without a counter stands still");
            Expect.False(await AdvanceAsync(scene, 12, 11).ConfigureAwait(false), "back");
            Expect.Equal(12, (await store.FindDeviceByHandleAsync(scene.Tenant, scene.Device().HandleDigest, ct).ConfigureAwait(false))?.SignCounter, "the stored counter");
            Expect.False(await store.TryAdvanceCounterAsync(scene.Advance(0, 1) with { KeyId = "unknown" }, ct).ConfigureAwait(false), "an unknown key");
            Expect.False(await store.TryAdvanceCounterAsync(scene.Advance(12, 13) with { Model = "0000#0002" }, ct).ConfigureAwait(false), "the key id of another model");
        }),
        new("TryAdvanceCounter_ManyAtOnce_OneWins", async (store, _) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(number => new ValueTask<bool>(AdvanceAsync(scene, 10, 11 + number))).ConfigureAwait(false);
            Expect.OneWinner(outcomes, true, false, "callers");
        }),
        new("TryTakeCeremony_Stored_IsTakenOnceWhole", async (store, ct) =>
        {
            var (scene, id) = await CeremonyAsync(store).ConfigureAwait(false);
            var taken = await store.TryTakeCeremonyAsync(scene.Tenant, id, scene.Ceremony(id).ExpiresAt.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.Same(scene.Ceremony(id), taken, RecordJson.Context.Ceremony, "just before its end");
            Expect.Null(await store.TryTakeCeremonyAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false), "again");
            Expect.Null(await store.TryTakeCeremonyAsync(scene.Tenant, "unknown", StoreScene.Now, ct).ConfigureAwait(false), "unknown");
        }),
        new("TryTakeCeremony_AtItsEnd_IsNullForGood", async (store, ct) =>
        {
            var (scene, id) = await CeremonyAsync(store).ConfigureAwait(false);
            Expect.Null(await store.TryTakeCeremonyAsync(scene.Tenant, id, scene.Ceremony(id).ExpiresAt, ct).ConfigureAwait(false), "at its end");
            Expect.Null(await store.TryTakeCeremonyAsync(scene.Tenant, id, StoreScene.Now, ct).ConfigureAwait(false), "a clock that went back does not revive it");
        }),
        new("TryTakeCeremony_ManyAtOnce_OneGetsIt", async (store, ct) =>
        {
            var (scene, id) = await CeremonyAsync(store).ConfigureAwait(false);
            var taken = await Expect.RaceAsync(_ => store.TryTakeCeremonyAsync(scene.Tenant, id, StoreScene.Now, ct)).ConfigureAwait(false);
            Expect.OneWinner([.. taken.Select(ceremony => ceremony is not null)], true, false, "callers");
        }),
        new("FindDeviceToken_Stored_LivesUntilExactlyItsEnd", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            foreach (var request in new[] { scene.RequestId, null })
            {
                var token = new DeviceToken
                {
                    Tenant = scene.Tenant,
                    Digest = StoreScene.NewId("device-token"),
                    AccountId = scene.AccountId,
                    RequestId = request,
                    ExpiresAt = StoreScene.Now.AddMinutes(10),
                };
                await store.AddDeviceTokenAsync(token, ct).ConfigureAwait(false);
                Expect.Equal(token, await store.FindDeviceTokenAsync(scene.Tenant, token.Digest, token.ExpiresAt.AddTicks(-1), ct).ConfigureAwait(false), "just before its end");
                Expect.Equal(token, await store.FindDeviceTokenAsync(scene.Tenant, token.Digest, StoreScene.Now, ct).ConfigureAwait(false), "a second time");
                Expect.Null(await store.FindDeviceTokenAsync(scene.Tenant, token.Digest, token.ExpiresAt, ct).ConfigureAwait(false), "at its end");
            }

            Expect.Null(await store.FindDeviceTokenAsync(scene.Tenant, "unknown", StoreScene.Now, ct).ConfigureAwait(false), "unknown");
        }),
    ];

    private static Task<bool> AdvanceAsync(StoreScene scene, long expected, long next) =>
        scene.Store.TryAdvanceCounterAsync(scene.Advance(expected, next)).AsTask();

    private static async Task<(StoreScene Scene, string Id)> CeremonyAsync(IProviderStore store)
    {
        var (scene, id) = (new StoreScene(store), StoreScene.NewId("ceremony"));
        await store.AddCeremonyAsync(scene.Ceremony(id)).ConfigureAwait(false);
        return (scene, id);
    }
}
