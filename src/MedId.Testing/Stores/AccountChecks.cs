using MedId.Ciba.Server;
using MedId.Provider;

namespace MedId.Testing;

internal static class AccountChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("PutAccount_NewAccount_IsFoundByIdAndByEveryHint", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            var account = scene.Account() with { HintDigests = [scene.AccountId + "-1", scene.AccountId + "-2"] };
            await store.PutAccountAsync(account, ct).ConfigureAwait(false);
            Expect.Same(account, await store.FindAccountAsync(scene.Tenant, account.Id, ct).ConfigureAwait(false), RecordJson.Context.Account, "account by id");
            foreach (var hint in account.HintDigests)
            {
                Expect.Same(account, await store.FindAccountByHintAsync(scene.Tenant, hint, ct).ConfigureAwait(false), RecordJson.Context.Account, "account by hint");
            }
        }),
        new("PutAccount_KnownAccount_ReplacesDataAndKeepsStatus", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            var changed = scene.Account() with { Language = "en", HintDigests = [scene.AccountId + "-new"], Patients = new Dictionary<string, string>(StringComparer.Ordinal) };
            await store.PutAccountAsync(changed, ct).ConfigureAwait(false);
            Expect.Same(
                changed with { Status = AccountStatus.Suspended },
                await store.FindAccountAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false),
                RecordJson.Context.Account,
                "the replaced account");
            Expect.Null(await store.FindAccountByHintAsync(scene.Tenant, scene.AccountId + "-hint", ct).ConfigureAwait(false), "the account by a hint that it lost");
            Expect.True(await store.FindAccountByHintAsync(scene.Tenant, scene.AccountId + "-new", ct).ConfigureAwait(false) is not null, "found by its new hint");
        }),
        new("PutAccount_KnownAccount_KeepsWrongCodeCount", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            await WrongAsync(scene, IAccountStore.UserCodeAttempts).ConfigureAwait(false);
            await store.PutAccountAsync(scene.Account() with { UserCodeDigest = "another" }, ct).ConfigureAwait(false);
            Expect.Equal(UserCodeOutcome.Locked, await JudgeAsync(scene, "another", StoreScene.Now).ConfigureAwait(false), "right code of a locked account");
        }),
        new("FindAccount_Unknown_IsNull", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            Expect.Null(await store.FindAccountAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "unknown account");
            Expect.Null(await store.FindAccountByHintAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false), "unknown hint");
        }),
        new("FindAccount_Suspended_IsFoundWithItsStatus", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            var found = await store.FindAccountByHintAsync(scene.Tenant, scene.AccountId + "-hint", ct).ConfigureAwait(false);
            Expect.Equal(AccountStatus.Suspended, found?.Status, "status");
        }),
        new("FindAccountByHint_HintOfTwoAccounts_IsNull", async (store, ct) =>
        {
            var hint = StoreScene.NewId("hint");
            var (one, two) = (new StoreScene(store), new StoreScene(store));
            await store.PutAccountAsync(one.Account() with { HintDigests = [hint] }, ct).ConfigureAwait(false);
            await store.PutAccountAsync(two.Account() with { HintDigests = [hint] }, ct).ConfigureAwait(false);
            Expect.Null(await store.FindAccountByHintAsync(one.Tenant, hint, ct).ConfigureAwait(false), "an ambiguous hint");
            await store.PutAccountAsync(two.Account() with { HintDigests = [] }, ct).ConfigureAwait(false);
            Expect.Equal(one.AccountId, (await store.FindAccountByHintAsync(one.Tenant, hint, ct).ConfigureAwait(false))?.Id, "the hint when only one has it");
        }),
        new("JudgeUserCode_UnknownAccount_IsWrong", async (store, _) =>
            Expect.Equal(UserCodeOutcome.Wrong, await JudgeAsync(new(store), "any", StoreScene.Now).ConfigureAwait(false), "code of nobody")),
        new("JudgeUserCode_AccountWithoutCode_IsWrong", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account() with { UserCodeDigest = null }, ct).ConfigureAwait(false);
            Expect.Equal(UserCodeOutcome.Wrong, await JudgeAsync(scene, string.Empty, StoreScene.Now).ConfigureAwait(false), "any code");
        }),
        new("JudgeUserCode_RightCode_ResetsTheCount", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            for (var round = 0; round < 2; round++)
            {
                await WrongAsync(scene, IAccountStore.UserCodeAttempts - 1).ConfigureAwait(false);
                Expect.Equal(UserCodeOutcome.Right, await JudgeRightAsync(scene, StoreScene.Now).ConfigureAwait(false), "right code before the lock");
            }
        }),
        new("JudgeUserCode_AfterTheLastAttempt_IsLockedUntilExactlyItsEnd", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            await WrongAsync(scene, IAccountStore.UserCodeAttempts).ConfigureAwait(false);
            var end = StoreScene.Now + IAccountStore.UserCodeLock;
            Expect.Equal(UserCodeOutcome.Locked, await JudgeRightAsync(scene, end.AddTicks(-1)).ConfigureAwait(false), "right code just before the end of the lock");
            Expect.Equal(UserCodeOutcome.Right, await JudgeRightAsync(scene, end).ConfigureAwait(false), "right code at the end of the lock");
        }),
        new("JudgeUserCode_WrongAfterTheLock_LocksAgainAtOnce", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            await WrongAsync(scene, IAccountStore.UserCodeAttempts).ConfigureAwait(false);
            var end = StoreScene.Now + IAccountStore.UserCodeLock;
            Expect.Equal(UserCodeOutcome.Wrong, await JudgeAsync(scene, "wrong", end).ConfigureAwait(false), "wrong code at the end of the lock");
            Expect.Equal(UserCodeOutcome.Locked, await JudgeRightAsync(scene, end.AddTicks(1)).ConfigureAwait(false), "the next code: only a right one resets");
        }),
        new("JudgeUserCode_ManyAtOnce_OnlyTheAttemptsAreJudged", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            await store.PutAccountAsync(scene.Account(), ct).ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(number => store.JudgeUserCodeAsync(scene.Tenant, scene.AccountId, "wrong-" + number, StoreScene.Now, ct)).ConfigureAwait(false);
            Expect.Equal(IAccountStore.UserCodeAttempts, outcomes.Count(outcome => outcome == UserCodeOutcome.Wrong), "codes judged");
            Expect.Equal(outcomes.Count - IAccountStore.UserCodeAttempts, outcomes.Count(outcome => outcome == UserCodeOutcome.Locked), "codes not judged");
        }),
        new("SetAccountStatus_Unknown_IsFalse", async (store, ct) =>
            Expect.False(
                await store.SetAccountStatusAsync(ProviderStoreConformance.Tenant, StoreScene.NewId("acct"), AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false),
                "an unknown account")),
        new("SetAccountStatus_Suspended_CancelsPendingAndApprovedForGood", async (store, ct) =>
        {
            var approved = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var pending = approved.Again();
            await store.AddRequestAsync(pending.Request(), 8, ct).ConfigureAwait(false);
            var stranger = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.True(
                await store.SetAccountStatusAsync(approved.Tenant, approved.AccountId, AccountStatus.Suspended, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false), "suspension");
            Expect.Equal(CibaPollOutcome.Denied, await approved.PollAsync(StoreScene.Now.AddMinutes(1)).ConfigureAwait(false), "poll of the approved request");
            Expect.Equal(CibaPollOutcome.Denied, await pending.PollAsync(StoreScene.Now.AddMinutes(1)).ConfigureAwait(false), "poll of the pending request");
            await store.SetAccountStatusAsync(approved.Tenant, approved.AccountId, AccountStatus.Active, StoreScene.Now.AddMinutes(2), ct).ConfigureAwait(false);
            Expect.False(
                await store.TryRedeemRequestAsync(approved.Tenant, approved.RequestId, null, StoreScene.Now.AddMinutes(2), ct).ConfigureAwait(false),
                "redemption after reactivation");
            Expect.Null((await store.FindRequestAsync(approved.Tenant, approved.RequestId, ct).ConfigureAwait(false))?.Grant, "the cancelled request's grant");
            Expect.Equal(CibaPollOutcome.Approved, await stranger.PollAsync(StoreScene.Now.AddMinutes(1)).ConfigureAwait(false), "another person's request");
        }),
        new("SetAccountStatus_Suspended_MakesConsentsInactiveUntilReactivated", async (store, ct) =>
        {
            var scene = await new StoreScene(store).RedeemedAsync(StoreScene.NewId("refresh"), StoreScene.NewId("family")).ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "before");
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), "suspended");
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Active, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "reactivated");
        }),
    ];

    private static Task<UserCodeOutcome> JudgeAsync(StoreScene scene, string code, DateTimeOffset at) =>
        scene.Store.JudgeUserCodeAsync(scene.Tenant, scene.AccountId, code, at).AsTask();

    private static Task<UserCodeOutcome> JudgeRightAsync(StoreScene scene, DateTimeOffset at) => JudgeAsync(scene, scene.AccountId + "-code", at);

    private static async Task WrongAsync(StoreScene scene, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Expect.Equal(UserCodeOutcome.Wrong, await JudgeAsync(scene, "wrong", StoreScene.Now).ConfigureAwait(false), "wrong code");
        }
    }
}
