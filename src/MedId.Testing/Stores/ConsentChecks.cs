using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class ConsentChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("IsConsentActive_EveryCondition_IsAsked", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "given");
            Expect.True(await scene.ConsentActiveAsync(StoreScene.AccessEnd.AddTicks(-1)).ConfigureAwait(false), "just before its end");
            Expect.False(await scene.ConsentActiveAsync(StoreScene.AccessEnd).ConfigureAwait(false), "at its end");
            Expect.False(await store.IsConsentActiveAsync(scene.Tenant, "unknown", scene.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "unknown");
            var other = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            Expect.False(await store.IsConsentActiveAsync(scene.Tenant, scene.ConsentId, other.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "of another subject");
        }),
        new("FindConsent_Unknown_IsNullWithEmptyHistory", async (store, ct) =>
        {
            var tenant = ProviderStoreConformance.Tenant;
            Expect.Null(await store.FindConsentAsync(tenant, "unknown", ct).ConfigureAwait(false), "consent");
            Expect.Equal(0, (await store.ListConsentEventsAsync(tenant, "unknown", ct).ConfigureAwait(false)).Count, "history lines");
            Expect.Equal(0, (await store.ListConsentsAsync(tenant, "unknown", ct).ConfigureAwait(false)).Count, "consents of nobody");
        }),
        new("ListConsents_Several_NewestFirst", async (store, ct) =>
        {
            var first = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            List<string> ids = [first.ConsentId];
            var counter = 11;
            foreach (var given in new[] { StoreScene.Now.AddMinutes(2), StoreScene.Now.AddMinutes(1), StoreScene.Now.AddMinutes(2) })
            {
                var next = first.Again();
                await store.AddRequestAsync(next.Request(), 8, ct).ConfigureAwait(false);
                var approval = next.Using(use => use with { ExpectedCounter = counter, NextCounter = ++counter }) with { Consent = next.Consent(StoreScene.DataScopes) with { GivenAt = given } };
                Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval, ct).ConfigureAwait(false), "approval");
                ids.Add(next.ConsentId);
            }

            var found = await store.ListConsentsAsync(first.Tenant, first.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence([ids[3], ids[1], ids[2], ids[0]], found.Select(consent => consent.Id), "newest first, at one instant the later written first");
        }),
        new("AppendConsentEvent_KnownConsent_AddsAtTheEnd", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            // A node whose clock is behind: the history keeps the order in which it was written.
            var lines = new[] { new ConsentEvent(StoreScene.Now.AddMinutes(2), "read", "health-record-api") { Entry = 3 }, new ConsentEvent(StoreScene.Now.AddMinutes(1), "read", null) { Entry = 4 } };
            foreach (var line in lines)
            {
                await store.AppendConsentEventAsync(scene.Tenant, scene.ConsentId, line, ct).ConfigureAwait(false);
            }

            var history = await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.SameSequence([new ConsentEvent(StoreScene.Now.AddSeconds(30), "given", null) { Entry = 2 }, .. lines], history, "the history");
        }),
        new("AppendConsentEvent_UnknownConsent_IsMisuse", async (store, ct) =>
            await Expect.MisuseAsync(
                async () => await store.AppendConsentEventAsync(ProviderStoreConformance.Tenant, StoreScene.NewId("consent"), new(StoreScene.Now, "read", null), ct).ConfigureAwait(false),
                "a line without a consent").ConfigureAwait(false)),
        new("WithdrawConsent_Unredeemed_EndsConsentAndCancelsRequest", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var at = StoreScene.Now.AddMinutes(1);
            Expect.Equal(WithdrawalOutcome.Withdrawn, await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at, ct).ConfigureAwait(false), "outcome");
            Expect.False(await scene.ConsentActiveAsync(at).ConfigureAwait(false), "active at the same instant");
            Expect.Equal(CibaPollOutcome.Denied, await scene.PollAsync(at).ConfigureAwait(false), "poll");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, at, ct).ConfigureAwait(false), "redemption");
            var consent = await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            var expected = scene.Consent(StoreScene.DataScopes) with { Status = ConsentStatus.Withdrawn, WithdrawnAt = at };
            Expect.Same(expected, consent, RecordJson.Context.ConsentRecord, "the record");
            var history = await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false);
            Expect.Equal(new ConsentEvent(at, "withdrawn", null) { Entry = 3 }, history[^1], "the last line");
        }),
        new("WithdrawConsent_Redeemed_EndsItsRefreshFamiliesOnly", async (store, ct) =>
        {
            var (mine, others) = (StoreScene.NewId("refresh"), StoreScene.NewId("refresh"));
            var scene = await new StoreScene(store).RedeemedAsync(mine, mine).ConfigureAwait(false);
            var other = await new StoreScene(store).RedeemedAsync(others, others).ConfigureAwait(false);
            var at = StoreScene.Now.AddMinutes(2);
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at, ct).ConfigureAwait(false);
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, mine, ct).ConfigureAwait(false), "its refresh token");
            Expect.Equal(CibaStatus.Redeemed, await scene.StatusAsync().ConfigureAwait(false), "a redeemed request stays what it was");
            Expect.True(await store.FindRefreshTokenAsync(other.Tenant, others, ct).ConfigureAwait(false) is not null, "the refresh token of another consent stays");
            Expect.True(await other.ConsentActiveAsync().ConfigureAwait(false), "the other consent stays active");
        }),
        new("WithdrawConsent_Again_IsToldAndChangesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var at = StoreScene.Now.AddMinutes(1);
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at, ct).ConfigureAwait(false);
            Expect.Equal(
                WithdrawalOutcome.AlreadyWithdrawn,
                await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at.AddMinutes(1), ct).ConfigureAwait(false),
                "outcome");
            Expect.Equal(at, (await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false))?.WithdrawnAt, "the time of the withdrawal");
            Expect.Equal(2, (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false)).Count, "history lines");
        }),
        new("WithdrawConsent_UnknownOrOfAnother_IsUnknown", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawConsentAsync(scene.Tenant, "unknown", scene.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "unknown");
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, "another", StoreScene.Now, ct).ConfigureAwait(false), "of another");
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "still active");
        }),
        new("WithdrawConsent_SuspendedPerson_CanWithdraw", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal(WithdrawalOutcome.Withdrawn, await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "outcome");
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Active, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), "reactivation does not bring it back");
        }),
        new("WithdrawConsent_ManyAtOnce_OneWithdraws", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ => store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now, ct)).ConfigureAwait(false);
            Expect.OneWinner(outcomes, WithdrawalOutcome.Withdrawn, WithdrawalOutcome.AlreadyWithdrawn, "callers");
        }),
        new("Sweep_Consent_StaysWithItsHistory", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.SweepAsync(StoreScene.AccessEnd.AddYears(10), ct).ConfigureAwait(false);
            Expect.True(await store.FindConsentAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false) is not null, "the consent is there");
            Expect.Equal(1, (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false)).Count, "history lines");
            Expect.Equal(WithdrawalOutcome.Withdrawn, await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, StoreScene.Now, ct).ConfigureAwait(false), "withdrawal");
        }),
    ];
}
