using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

/// <content>Attempts with codes.</content>
internal static partial class StandingChecks
{
    private static IReadOnlyList<ProviderStoreCheck> CodeChecks() =>
    [
        new("TryCountCodeAttempt_LimitAndWindow_AreExact", async (store, ct) =>
        {
            // Far in the future of the other checks: what all clients together have is one number of the tenant.
            var (client, start) = (StoreScene.NewId("client"), StoreScene.Now.AddYears(1));
            for (var i = 0; i < 3; i++)
            {
                Expect.True(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client, start.AddMinutes(i), 3, _window, ct).ConfigureAwait(false), "within the limit");
            }

            Expect.False(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client, start.AddMinutes(3), 3, _window, ct).ConfigureAwait(false), "beyond it");
            Expect.True(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client + "b", start.AddMinutes(3), 3, _window, ct).ConfigureAwait(false), "another client");
            Expect.False(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client, start + _window - TimeSpan.FromTicks(1), 3, _window, ct).ConfigureAwait(false), "just before the window's end");
            Expect.False(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client, start.AddMinutes(-1), 3, _window, ct).ConfigureAwait(false), "a clock that went back");
            Expect.True(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client, start + _window, 3, _window, ct).ConfigureAwait(false), "at the window's end");
        }),
        new("TryCountCodeAttempt_AllClientsTogether_HaveTenTimesTheLimit", async (store, ct) =>
        {
            var start = StoreScene.Now.AddYears(2);
            for (var i = 0; i < 20; i++)
            {
                Expect.True(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.OtherTenant, StoreScene.NewId("client"), start, 2, _window, ct).ConfigureAwait(false), "within the limit of all");
            }

            Expect.False(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.OtherTenant, StoreScene.NewId("client"), start, 2, _window, ct).ConfigureAwait(false), "beyond it");
            Expect.True(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, StoreScene.NewId("client"), start, 2, _window, ct).ConfigureAwait(false), "another tenant");
            Expect.True(await store.TryCountCodeAttemptAsync(ProviderStoreConformance.OtherTenant, StoreScene.NewId("client"), start + _window, 2, _window, ct).ConfigureAwait(false), "at the window's end");
        }),
        new("TryCountCodeAttempt_ManyAtOnce_NoneIsLost", async (store, ct) =>
        {
            var (client, at) = (StoreScene.NewId("client"), StoreScene.Now.AddYears(3));
            var counted = await Expect.RaceAsync(_ => store.TryCountCodeAttemptAsync(ProviderStoreConformance.Tenant, client, at, 10, _window, ct)).ConfigureAwait(false);
            Expect.Equal(10, counted.Count(one => one), "attempts that were judged");
        }),
        new("TryApprove_OneTimeCode_GivesTheAttemptBack", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var client = StoreScene.NewId("client");
            for (var i = 0; i < 3; i++)
            {
                Expect.True(await store.TryCountCodeAttemptAsync(scene.Tenant, client, StoreScene.Now.AddYears(4), 1, _window, ct).ConfigureAwait(false), "the attempt");
                var standing = Code(scene, StoreScene.NewId("code"));
                await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
                var next = scene.Again();
                await store.AddRequestAsync(next.Request() with { ClientId = client }, 8, ct).ConfigureAwait(false);
                var approval = On(next, standing);
                approval = approval with { Grant = approval.Grant with { ClientId = client } };
                Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "the use");
            }
        }),
    ];
}
