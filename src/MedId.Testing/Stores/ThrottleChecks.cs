using MedId.Provider;

namespace MedId.Testing;

internal static class ThrottleChecks
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("CountUse_UntilTheLimit_CountsAndThenRefuses", async (store, ct) =>
        {
            var (tenant, bucket) = (ProviderStoreConformance.Tenant, StoreScene.NewId("bucket"));
            Expect.Equal(0, await store.FindUsesAsync(tenant, bucket, StoreScene.Now, _window, 3, ct).ConfigureAwait(false), "before");
            for (var use = 1; use <= 3; use++)
            {
                Expect.Equal(use, await store.CountUseAsync(tenant, bucket, StoreScene.Now, _window, 3, ct).ConfigureAwait(false), "use");
            }

            Expect.Equal(4, await store.CountUseAsync(tenant, bucket, StoreScene.Now, _window, 3, ct).ConfigureAwait(false), "one too many");
            Expect.Equal(3, await store.FindUsesAsync(tenant, bucket, StoreScene.Now, _window, 9, ct).ConfigureAwait(false), "the refused one was not counted");
            Expect.Equal(2, await store.FindUsesAsync(tenant, bucket, StoreScene.Now, _window, 2, ct).ConfigureAwait(false), "counting stops at the limit");
        }),
        new("CountUse_WindowSlides_ToTheTick", async (store, ct) =>
        {
            var (tenant, bucket) = (ProviderStoreConformance.Tenant, StoreScene.NewId("bucket"));
            await store.CountUseAsync(tenant, bucket, StoreScene.Now, _window, 2, ct).ConfigureAwait(false);
            await store.CountUseAsync(tenant, bucket, StoreScene.Now.AddMinutes(4), _window, 2, ct).ConfigureAwait(false);
            Expect.Equal(3, await store.CountUseAsync(tenant, bucket, StoreScene.Now + _window - TimeSpan.FromMilliseconds(1), _window, 2, ct).ConfigureAwait(false), "just inside");
            Expect.Equal(2, await store.CountUseAsync(tenant, bucket, StoreScene.Now + _window, _window, 2, ct).ConfigureAwait(false), "the first one has left");
            Expect.Equal(3, await store.CountUseAsync(tenant, bucket, StoreScene.Now + _window, _window, 2, ct).ConfigureAwait(false), "full again");
        }),
        new("CountUse_AnotherBucketOrTenant_IsApart", async (store, ct) =>
        {
            var bucket = StoreScene.NewId("bucket");
            await store.CountUseAsync(ProviderStoreConformance.Tenant, bucket, StoreScene.Now, _window, 1, ct).ConfigureAwait(false);
            Expect.Equal(1, await store.CountUseAsync(ProviderStoreConformance.OtherTenant, bucket, StoreScene.Now, _window, 1, ct).ConfigureAwait(false), "the other tenant");
            Expect.Equal(1, await store.CountUseAsync(ProviderStoreConformance.Tenant, bucket + "2", StoreScene.Now, _window, 1, ct).ConfigureAwait(false), "another bucket");
        }),
        new("CountUse_ManyAtOnce_NoneBeyondTheLimit", async (store, ct) =>
        {
            var bucket = StoreScene.NewId("bucket");
            const int limit = 5;
            var uses = await Expect.RaceAsync(_ => store.CountUseAsync(ProviderStoreConformance.Tenant, bucket, StoreScene.Now, _window, limit, ct)).ConfigureAwait(false);
            Expect.SameSequence([1, 2, 3, 4, 5], uses.Where(use => use <= limit).Order(), "those that were counted");
            Expect.Equal(ProviderStoreConformance.Racers - limit, uses.Count(use => use == limit + 1), "those that were refused");
        }),
        new("CountUse_Swept_WindowsStandUntilTheyAreOver", async (store, ct) =>
        {
            var bucket = StoreScene.NewId("bucket");
            await store.CountUseAsync(ProviderStoreConformance.Tenant, bucket, StoreScene.Now, _window, 1, ct).ConfigureAwait(false);
            await store.SweepAsync(StoreScene.Now + _window - TimeSpan.FromMilliseconds(1), ct).ConfigureAwait(false);
            Expect.Equal(2, await store.CountUseAsync(ProviderStoreConformance.Tenant, bucket, StoreScene.Now.AddMinutes(9), _window, 1, ct).ConfigureAwait(false), "a window that stands");
            await store.SweepAsync(StoreScene.Now + _window, ct).ConfigureAwait(false);
            Expect.Equal(1, await store.CountUseAsync(ProviderStoreConformance.Tenant, bucket, StoreScene.Now + _window, _window, 1, ct).ConfigureAwait(false), "afterwards");
        }),
        new("CountUse_Misuse_Throws", async (store, ct) =>
        {
            await Expect.MisuseAsync(async () => await store.CountUseAsync(ProviderStoreConformance.Tenant, string.Empty, StoreScene.Now, _window, 1, ct).ConfigureAwait(false), "no bucket").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.CountUseAsync(ProviderStoreConformance.Tenant, "b", StoreScene.Now, _window, 0, ct).ConfigureAwait(false), "no limit").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.FindUsesAsync(ProviderStoreConformance.Tenant, "b", StoreScene.Now, _window, 0, ct).ConfigureAwait(false), "no limit to look to").ConfigureAwait(false);
        }),
    ];
}
