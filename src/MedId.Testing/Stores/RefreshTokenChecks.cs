using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

internal static class RefreshTokenChecks
{
    private static readonly DateTimeOffset _at = StoreScene.Now.AddMinutes(2);

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("RotateRefreshToken_Live_ReplacesItByTheNext", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            Expect.Equal(RefreshOutcome.Rotated, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, _at, ct).ConfigureAwait(false), "outcome");
            Expect.Same(next, await store.FindRefreshTokenAsync(scene.Tenant, next.Digest, ct).ConfigureAwait(false), RecordJson.Context.RefreshTokenRecord, "the next token");
            Expect.Equal(first, (await store.FindRefreshTokenAsync(scene.Tenant, first, ct).ConfigureAwait(false))?.Digest, "the rotated one is known still");
            var third = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            Expect.Equal(RefreshOutcome.Rotated, await store.RotateRefreshTokenAsync(scene.Tenant, next.Digest, StoreScene.Client, third, _at, ct).ConfigureAwait(false), "the next one");
        }),
        new("RotateRefreshToken_RotatedBefore_EndsTheFamily", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, _at, ct).ConfigureAwait(false);
            var third = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            Expect.Equal(RefreshOutcome.Reused, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, third, _at, ct).ConfigureAwait(false), "the copy");
            Expect.Equal(
                RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(scene.Tenant, next.Digest, StoreScene.Client, third, _at, ct).ConfigureAwait(false), "the live one afterwards");
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, third.Digest, ct).ConfigureAwait(false), "a token of an ended family");
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent itself stands");
        }),
        new("RotateRefreshToken_UnknownOrOfAnotherClient_IsUnknownAndChangesNothing", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            Expect.Equal(RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(scene.Tenant, "unknown", StoreScene.Client, next, _at, ct).ConfigureAwait(false), "unknown");
            Expect.Equal(RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.OtherClient, next, _at, ct).ConfigureAwait(false), "another client");
            Expect.Equal(RefreshOutcome.Rotated, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, _at, ct).ConfigureAwait(false), "the right client");
            Expect.Equal(
                RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.OtherClient, next, _at, ct).ConfigureAwait(false), "reuse by another client");
            Expect.True(await store.FindRefreshTokenAsync(scene.Tenant, next.Digest, ct).ConfigureAwait(false) is not null, "the family lives");
        }),
        new("RotateRefreshToken_TokenEnd_IsExact", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            var end = StoreScene.AccessEnd;
            Expect.Equal(RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, end, ct).ConfigureAwait(false), "at its end");
            Expect.Equal(
                RefreshOutcome.Rotated, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, end.AddTicks(-1), ct).ConfigureAwait(false), "just before");
            Expect.Equal(
                RefreshOutcome.Unknown, await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, end, ct).ConfigureAwait(false), "a rotated one at its end");
        }),
        new("RotateRefreshToken_NextOfAnotherFamilyOrWider_IsMisuse", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            foreach (var (wrong, what) in new[]
            {
                (next with { Family = "another" }, "another family"),
                (next with { Tenant = ProviderStoreConformance.OtherTenant }, "another tenant"),
                (next with { Grant = next.Grant with { Id = "another" } }, "another grant"),
                (next with { Grant = next.Grant with { Scopes = [.. next.Grant.Scopes, "patient/Observation.read"] } }, "a wider grant"),
            })
            {
                await Expect.MisuseAsync(
                    async () => await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, wrong, _at, ct).ConfigureAwait(false), what).ConfigureAwait(false);
            }

            Expect.Equal(
                RefreshOutcome.Rotated,
                await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next with { Grant = scene.Grant("patient/Patient.read") }, _at, ct).ConfigureAwait(false),
                "narrower, and the misuses changed nothing");
        }),
        new("RotateRefreshToken_ManyAtOnce_OneRotates", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ =>
                store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, scene.RefreshToken(StoreScene.NewId("refresh"), family), _at, ct)).ConfigureAwait(false);
            Expect.Equal(1, outcomes.Count(outcome => outcome == RefreshOutcome.Rotated), "rotated");
            Expect.Equal(1, outcomes.Count(outcome => outcome == RefreshOutcome.Reused), "the second caller is a copy and ends the family");
            Expect.Equal(outcomes.Count - 2, outcomes.Count(outcome => outcome == RefreshOutcome.Unknown), "unknown to everybody after that");
        }),
        new("RevokeRefreshFamily_LiveOrRotatedToken_EndsTheFamilyOnce", async (store, ct) =>
        {
            var (scene, first, family) = await RedeemedAsync(store).ConfigureAwait(false);
            var next = scene.RefreshToken(StoreScene.NewId("refresh"), family);
            await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, next, _at, ct).ConfigureAwait(false);
            Expect.False(await store.RevokeRefreshFamilyAsync(scene.Tenant, "unknown", StoreScene.Client, _at, ct).ConfigureAwait(false), "unknown");
            Expect.False(await store.RevokeRefreshFamilyAsync(scene.Tenant, first, StoreScene.OtherClient, _at, ct).ConfigureAwait(false), "another client");
            Expect.True(await store.RevokeRefreshFamilyAsync(scene.Tenant, first, StoreScene.Client, _at, ct).ConfigureAwait(false), "by its rotated token");
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, next.Digest, ct).ConfigureAwait(false), "the live token");
            Expect.False(await store.RevokeRefreshFamilyAsync(scene.Tenant, next.Digest, StoreScene.Client, _at, ct).ConfigureAwait(false), "again");
        }),
        new("FindRefreshToken_Unknown_IsNull", async (store, ct) =>
            Expect.Null(await store.FindRefreshTokenAsync(ProviderStoreConformance.Tenant, StoreScene.NewId("refresh"), ct).ConfigureAwait(false), "unknown")),
        new("Sweep_RefreshToken_GoesAtItsEnd", async (store, ct) =>
        {
            var (scene, first, _) = await RedeemedAsync(store).ConfigureAwait(false);
            await store.SweepAsync(StoreScene.AccessEnd.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.True(await store.FindRefreshTokenAsync(scene.Tenant, first, ct).ConfigureAwait(false) is not null, "there just before its end");
            await store.SweepAsync(StoreScene.AccessEnd, ct).ConfigureAwait(false);
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, first, ct).ConfigureAwait(false), "at its end");
        }),
    ];

    private static async Task<(StoreScene Scene, string First, string Family)> RedeemedAsync(IProviderStore store)
    {
        var (first, family) = (StoreScene.NewId("refresh"), StoreScene.NewId("family"));
        return (await new StoreScene(store).RedeemedAsync(first, family).ConfigureAwait(false), first, family);
    }
}
