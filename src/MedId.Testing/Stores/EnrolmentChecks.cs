using MedId.Provider;

namespace MedId.Testing;

internal static class EnrolmentChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("FindTicket_EveryStatus_IsTold", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            var ticket = scene.Ticket(digest);
            var open = await store.FindTicketAsync(scene.Tenant, digest, ticket.ExpiresAt.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.Equal((TicketStatus.Open, ticket), open, "just before its end");
            var expired = await store.FindTicketAsync(scene.Tenant, digest, ticket.ExpiresAt, ct).ConfigureAwait(false);
            Expect.Equal((TicketStatus.Expired, null), expired, "at its end");
            var unknown = await store.FindTicketAsync(scene.Tenant, digest + "x", StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal((TicketStatus.Unknown, null), unknown, "unknown");
            await store.TryEnrolDeviceAsync(digest, scene.Device(), StoreScene.Now, ct).ConfigureAwait(false);
            var used = await store.FindTicketAsync(scene.Tenant, digest, ticket.ExpiresAt, ct).ConfigureAwait(false);
            Expect.Equal((TicketStatus.Used, null), used, "used, also past its end");
        }),
        new("FindTicket_Looking_ConsumesNothing", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            for (var i = 0; i < 3; i++)
            {
                Expect.Equal(TicketStatus.Open, (await store.FindTicketAsync(scene.Tenant, digest, StoreScene.Now, ct).ConfigureAwait(false)).Status, "look " + i);
            }
        }),
        new("AddTicket_DigestTaken_IsMisuse", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.AddTicketAsync(scene.Ticket(digest), ct).ConfigureAwait(false), "the same digest again").ConfigureAwait(false);
        }),
        new("TryEnrolDevice_OpenTicket_BindsDeviceAndConsumesTicket", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            Expect.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync(digest, scene.Device(), StoreScene.Now, ct).ConfigureAwait(false), "enrolment");
            var devices = await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.Equal(1, devices.Count, "devices");
            Expect.Same(scene.Device(), devices[0], RecordJson.Context.Device, "the device");
            var other = new StoreScene(store) { AccountId = scene.AccountId };
            Expect.Equal(
                EnrolmentOutcome.TicketNotOpen, await store.TryEnrolDeviceAsync(digest, other.Device(), StoreScene.Now, ct).ConfigureAwait(false), "the ticket again");
        }),
        new("TryEnrolDevice_TicketEnd_IsExact", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            var end = scene.Ticket(digest).ExpiresAt;
            Expect.Equal(EnrolmentOutcome.TicketNotOpen, await store.TryEnrolDeviceAsync(digest, scene.Device(), end, ct).ConfigureAwait(false), "at the end");
            Expect.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync(digest, scene.Device(), end.AddTicks(-1), ct).ConfigureAwait(false), "just before");
        }),
        new("TryEnrolDevice_UnknownTicket_IsNotOpen", async (store, ct) =>
        {
            var (scene, _) = await TicketAsync(store).ConfigureAwait(false);
            Expect.Equal(EnrolmentOutcome.TicketNotOpen, await store.TryEnrolDeviceAsync("unknown", scene.Device(), StoreScene.Now, ct).ConfigureAwait(false), "outcome");
        }),
        new("TryEnrolDevice_KeyTaken_ChangesNothing", async (store, ct) =>
        {
            var first = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            var stolen = scene.Device() with { KeyId = first.KeyId };
            Expect.Equal(EnrolmentOutcome.KeyTaken, await store.TryEnrolDeviceAsync(digest, stolen, StoreScene.Now, ct).ConfigureAwait(false), "another person's key");
            Expect.Equal(0, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Count, "devices");
            Expect.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync(digest, scene.Device(), StoreScene.Now, ct).ConfigureAwait(false), "the ticket is open still");
            var otherModel = await TicketAsync(store).ConfigureAwait(false);
            var sameId = otherModel.Scene.Device() with { KeyId = first.KeyId, Model = "0000#0002" };
            Expect.Equal(
                EnrolmentOutcome.Enrolled,
                await store.TryEnrolDeviceAsync(otherModel.Digest, sameId, StoreScene.Now, ct).ConfigureAwait(false),
                "the same key id of another model is another key");
        }),
        new("TryEnrolDevice_SuspendedOrUnknownAccount_ChangesNothing", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal(EnrolmentOutcome.AccountNotActive, await store.TryEnrolDeviceAsync(digest, scene.Device(), StoreScene.Now, ct).ConfigureAwait(false), "suspended");
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Active, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal(EnrolmentOutcome.Enrolled, await store.TryEnrolDeviceAsync(digest, scene.Device(), StoreScene.Now, ct).ConfigureAwait(false), "the ticket is open still");
            var nobody = new StoreScene(store);
            var orphan = StoreScene.NewId("ticket");
            await store.AddTicketAsync(nobody.Ticket(orphan), ct).ConfigureAwait(false);
            Expect.Equal(EnrolmentOutcome.AccountNotActive, await store.TryEnrolDeviceAsync(orphan, nobody.Device(), StoreScene.Now, ct).ConfigureAwait(false), "unknown account");
        }),
        new("TryEnrolDevice_DeviceOfAnotherAccount_IsMisuse", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            var (other, _) = await TicketAsync(store).ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.TryEnrolDeviceAsync(digest, other.Device(), StoreScene.Now, ct).ConfigureAwait(false), "another account").ConfigureAwait(false);
            Expect.Equal(TicketStatus.Open, (await store.FindTicketAsync(scene.Tenant, digest, StoreScene.Now, ct).ConfigureAwait(false)).Status, "the ticket afterwards");
        }),
        new("TryEnrolDevice_ManyAtOnceWithOneTicket_OneWins", async (store, ct) =>
        {
            var (scene, digest) = await TicketAsync(store).ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ =>
                store.TryEnrolDeviceAsync(digest, new StoreScene(store) { AccountId = scene.AccountId }.Device(), StoreScene.Now, ct)).ConfigureAwait(false);
            Expect.OneWinner(outcomes, EnrolmentOutcome.Enrolled, EnrolmentOutcome.TicketNotOpen, "callers");
            Expect.Equal(1, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Count, "devices");
        }),
        new("TryEnrolDevice_ManyAtOnceWithOneKey_OneWins", async (store, ct) =>
        {
            var (scene, _) = await TicketAsync(store).ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(async number =>
            {
                var ticket = StoreScene.NewId("ticket");
                await store.AddTicketAsync(scene.Ticket(ticket), ct).ConfigureAwait(false);
                return await store.TryEnrolDeviceAsync(ticket, scene.Device() with { HandleDigest = StoreScene.NewId("handle") }, StoreScene.Now, ct).ConfigureAwait(false);
            }).ConfigureAwait(false);
            Expect.OneWinner(outcomes, EnrolmentOutcome.Enrolled, EnrolmentOutcome.KeyTaken, "callers");
        }),
    ];

    private static async Task<(StoreScene Scene, string Digest)> TicketAsync(IProviderStore store)
    {
        var (scene, digest) = (new StoreScene(store), StoreScene.NewId("ticket"));
        await store.PutAccountAsync(scene.Account()).ConfigureAwait(false);
        await store.AddTicketAsync(scene.Ticket(digest)).ConfigureAwait(false);
        return (scene, digest);
    }
}
