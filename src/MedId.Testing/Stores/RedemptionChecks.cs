using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class RedemptionChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("TryRedeem_Approved_RedeemsOnceWithRefreshTokenAndHistory", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var (digest, family, at) = (StoreScene.NewId("refresh"), StoreScene.NewId("family"), StoreScene.Now.AddMinutes(1));
            var token = scene.RefreshToken(digest, family);
            Expect.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, token, at, ct).ConfigureAwait(false), "first");
            Expect.False(
                await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, scene.RefreshToken(StoreScene.NewId("refresh"), family), at, ct).ConfigureAwait(false), "second");
            Expect.Equal(CibaPollOutcome.Used, await scene.PollAsync(at).ConfigureAwait(false), "poll");
            Expect.Equal(CibaPollOutcome.Used, await scene.PollAsync(StoreScene.RequestEnd).ConfigureAwait(false), "poll past the end");
            Expect.Same(token, await store.FindRefreshTokenAsync(scene.Tenant, digest, ct).ConfigureAwait(false), RecordJson.Context.RefreshTokenRecord, "the refresh token");
            var lines = await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.SameSequence(["given", "token-issued"], lines.Select(line => line.Kind), "the history");
            Expect.Equal(new ConsentEvent(at, "token-issued", StoreScene.Client), lines[1], "the line of the redemption");
        }),
        new("TryRedeem_WithoutRefreshToken_StoresNone", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false), "redemption");
        }),
        new("TryRedeem_NotApproved_IsFalse", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now, ct).ConfigureAwait(false), "pending");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, "unknown", null, StoreScene.Now, ct).ConfigureAwait(false), "unknown");
            await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now, ct).ConfigureAwait(false), "denied");
        }),
        new("TryRedeem_RequestEnd_IsExact", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var digest = StoreScene.NewId("refresh");
            var token = scene.RefreshToken(digest, "family");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, token, StoreScene.RequestEnd, ct).ConfigureAwait(false), "at the end");
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, digest, ct).ConfigureAwait(false), "a refresh token without redemption");
            Expect.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, token, StoreScene.RequestEnd.AddTicks(-1), ct).ConfigureAwait(false), "just before");
        }),
        new("TryRedeem_RefreshTokenOfAnotherGrant_IsMisuseAndRedeemsNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var foreign = new StoreScene(store).RefreshToken(StoreScene.NewId("refresh"), "family");
            await Expect.MisuseAsync(
                async () => await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, foreign, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false),
                "a refresh token of another grant").ConfigureAwait(false);
            Expect.Equal(CibaStatus.Approved, await scene.StatusAsync().ConfigureAwait(false), "status");
        }),
        new("TryRedeem_RefreshDigestTaken_IsMisuseAndRedeemsNothing", async (store, ct) =>
        {
            var digest = StoreScene.NewId("refresh");
            await new StoreScene(store).RedeemedAsync(digest, StoreScene.NewId("family")).ConfigureAwait(false);
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await Expect.MisuseAsync(
                async () => await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, scene.RefreshToken(digest, "family"), StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false),
                "a digest that is taken").ConfigureAwait(false);
            Expect.Equal(CibaStatus.Approved, await scene.StatusAsync().ConfigureAwait(false), "status");
            Expect.Equal(1, (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false)).Count, "history lines");
        }),
        new("TryRedeem_ManyAtOnce_OneTokenSet", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var digests = Enumerable.Range(0, ProviderStoreConformance.Racers).Select(_ => StoreScene.NewId("refresh")).ToList();
            var won = await Expect.RaceAsync(number => store.TryRedeemRequestAsync(
                scene.Tenant, scene.RequestId, scene.RefreshToken(digests[number], digests[number]), StoreScene.Now.AddMinutes(1), ct)).ConfigureAwait(false);
            Expect.OneWinner(won, true, false, "callers");
            var stored = 0;
            foreach (var digest in digests)
            {
                stored += await store.FindRefreshTokenAsync(scene.Tenant, digest, ct).ConfigureAwait(false) is null ? 0 : 1;
            }

            Expect.Equal(1, stored, "refresh tokens stored");
        }),
        new("TryRedeem_AgainstWithdrawalAtOnce_LeavesNoTokenThatCanRefresh", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var digest = StoreScene.NewId("refresh");
            await Expect.RaceAsync(async number => number % 2 == 0
                ? await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, scene.RefreshToken(digest, digest), StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false)
                : await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false) == WithdrawalOutcome.Withdrawn)
                .ConfigureAwait(false);
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, digest, ct).ConfigureAwait(false), "the refresh token, whoever was first");
            Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent is active");
        }),
    ];
}
