using MedId.Ciba.Server;
using MedId.Provider;

namespace MedId.Testing;

internal static class RequestChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("AddRequest_New_IsFoundWhole", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Same(
                scene.Request(), await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false), RecordJson.Context.CibaRequest, "the request");
            Expect.Null(await store.FindRequestAsync(scene.Tenant, "unknown", ct).ConfigureAwait(false), "unknown");
        }),
        new("AddRequest_TooManyPending_IsRefusedUntilOneIsDecidedOrEnds", async (store, ct) =>
        {
            var first = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var second = first.Again();
            Expect.Equal(CibaAddOutcome.TooManyPending, await store.AddRequestAsync(second.Request(), 1, ct).ConfigureAwait(false), "with one pending");
            Expect.Null(await store.FindRequestAsync(second.Tenant, second.RequestId, ct).ConfigureAwait(false), "the refused request");
            var late = second.Request() with { CreatedAt = StoreScene.RequestEnd.AddTicks(-1), ExpiresAt = StoreScene.RequestEnd.AddMinutes(5) };
            Expect.Equal(CibaAddOutcome.TooManyPending, await store.AddRequestAsync(late, 1, ct).ConfigureAwait(false), "just before the first one's end");
            var later = late with { CreatedAt = StoreScene.RequestEnd };
            Expect.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(later, 1, ct).ConfigureAwait(false), "at the first one's end");
            Expect.True(await store.TryDenyRequestAsync(second.Tenant, second.RequestId, StoreScene.RequestEnd, ct).ConfigureAwait(false), "denial");
            var third = first.Again().Request() with { CreatedAt = StoreScene.RequestEnd, ExpiresAt = StoreScene.RequestEnd.AddMinutes(5) };
            Expect.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(third, 1, ct).ConfigureAwait(false), "after the second was denied");
        }),
        new("AddRequest_PendingOfAnotherPerson_DoesNotCount", async (store, ct) =>
        {
            await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(new StoreScene(store).Request(), 1, ct).ConfigureAwait(false), "outcome");
        }),
        new("AddRequest_ManyAtOnce_OnlyTheBoundIsStored", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var outcomes = await Expect.RaceAsync(_ => store.AddRequestAsync(scene.Again().Request(), 3, ct)).ConfigureAwait(false);
            Expect.Equal(3, outcomes.Count(outcome => outcome == CibaAddOutcome.Added), "stored");
        }),
        new("ListPendingRequests_SeveralOfOnePerson_OnlyThoseThatWait", async (store, ct) =>
        {
            var first = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var (later, denied) = (first.Again(), first.Again());
            await store.AddRequestAsync(later.Request() with { ExpiresAt = StoreScene.RequestEnd.AddMinutes(1) }, 8, ct).ConfigureAwait(false);
            await store.AddRequestAsync(denied.Request(), 8, ct).ConfigureAwait(false);
            await store.TryDenyRequestAsync(denied.Tenant, denied.RequestId, StoreScene.Now, ct).ConfigureAwait(false);
            await new StoreScene(store).PendingAsync().ConfigureAwait(false);

            var waiting = await store.ListPendingRequestsAsync(first.Tenant, first.AccountId, StoreScene.RequestEnd.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.SameSequence([later.RequestId, first.RequestId], waiting.Select(request => request.Id), "the one that ends last first");
            Expect.Same(first.Request(), waiting[1], RecordJson.Context.CibaRequest, "the request, whole");
            waiting = await store.ListPendingRequestsAsync(first.Tenant, first.AccountId, StoreScene.RequestEnd, ct).ConfigureAwait(false);
            Expect.SameSequence([later.RequestId], waiting.Select(request => request.Id), "at the first one's end");
            Expect.Equal(0, (await store.ListPendingRequestsAsync(first.Tenant, "unknown", StoreScene.Now, ct).ConfigureAwait(false)).Count, "nobody's");
        }),
        new("AddRequest_IdOrDigestTaken_IsMisuse", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var other = scene.Again().Request();
            await Expect.MisuseAsync(async () => await store.AddRequestAsync(other with { Id = scene.RequestId }, 8, ct).ConfigureAwait(false), "id taken").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.AddRequestAsync(other with { AuthReqIdDigest = scene.Digest }, 8, ct).ConfigureAwait(false), "digest taken").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.AddRequestAsync(other, 0, ct).ConfigureAwait(false), "a bound of nothing").ConfigureAwait(false);
            Expect.Same(
                scene.Request(), await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false), RecordJson.Context.CibaRequest, "the first request");
        }),
        new("PollRequest_UnknownDigest_IsNull", async (store, ct) =>
            Expect.Null(await store.PollRequestAsync(ProviderStoreConformance.Tenant, StoreScene.NewId("digest"), StoreScene.Client, StoreScene.Now, ct).ConfigureAwait(false), "poll")),
        new("PollRequest_AnotherClient_IsUnknownAndCountsNothing", async (store, _) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(CibaPollOutcome.Unknown, await scene.PollAsync(StoreScene.Now, StoreScene.OtherClient).ConfigureAwait(false), "another client");
            Expect.Equal(CibaPollOutcome.Pending, await scene.PollAsync(StoreScene.Now).ConfigureAwait(false), "the right client at the same instant");
        }),
        new("PollRequest_Pace_IsKeptExactlyAndGrowsForGood", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var at = StoreScene.Now;
            Expect.Equal(CibaPollOutcome.Pending, await scene.PollAsync(at).ConfigureAwait(false), "first poll at once");
            at += TimeSpan.FromSeconds(5);
            Expect.Equal(CibaPollOutcome.SlowDown, await scene.PollAsync(at.AddTicks(-1)).ConfigureAwait(false), "a tick too early");
            var poll = await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, at.AddTicks(-1).AddSeconds(10), ct).ConfigureAwait(false);
            Expect.Equal(CibaPollOutcome.Pending, poll?.Outcome, "exactly when the slower interval has passed");
            Expect.Equal(TimeSpan.FromSeconds(10), poll?.Request.Interval, "the interval after one slow_down");
            Expect.Equal(TimeSpan.FromSeconds(10), (await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false))?.Interval, "the stored interval");
        }),
        new("PollRequest_ManyAtOnce_OneIsPendingTheOthersSlowDownUntilTheBound", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var polls = await Expect.RaceAsync(_ => store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, StoreScene.Now, ct)).ConfigureAwait(false);
            var slowed = Math.Min(ProviderStoreConformance.Racers - 1, CibaRequest.MaxFastPolls);
            Expect.Equal(1, polls.Count(poll => poll!.Outcome == CibaPollOutcome.Pending), "one is pending");
            Expect.Equal(slowed, polls.Count(poll => poll!.Outcome == CibaPollOutcome.SlowDown), "slow_down up to the bound");
            Expect.Equal(ProviderStoreConformance.Racers - 1 - slowed, polls.Count(poll => poll!.Outcome == CibaPollOutcome.PolledTooOften), "too often from there on");
            var interval = TimeSpan.FromSeconds(5) + (Math.Min(ProviderStoreConformance.Racers - 1, CibaRequest.MaxFastPolls + 1) * CibaRequest.SlowDownIncrement);
            Expect.Equal(interval, (await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false))?.Interval, "every slow_down counted");
        }),
        new("PollRequest_AtTheEnd_IsExpiredWhateverTheState", async (store, _) =>
        {
            var pending = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.Equal(CibaPollOutcome.Pending, await pending.PollAsync(StoreScene.RequestEnd.AddTicks(-1)).ConfigureAwait(false), "pending, just before");
            Expect.Equal(CibaPollOutcome.Expired, await pending.PollAsync(StoreScene.RequestEnd).ConfigureAwait(false), "pending, at the end");
            var approved = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.Equal(CibaPollOutcome.Approved, await approved.PollAsync(StoreScene.RequestEnd.AddTicks(-1)).ConfigureAwait(false), "approved, just before");
            Expect.Equal(CibaPollOutcome.Expired, await approved.PollAsync(StoreScene.RequestEnd).ConfigureAwait(false), "approved, at the end");
        }),
        new("PollRequest_Decided_IsNeverSlowedDown", async (store, ct) =>
        {
            var approved = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            var denied = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            await store.TryDenyRequestAsync(denied.Tenant, denied.RequestId, StoreScene.Now, ct).ConfigureAwait(false);
            for (var i = 0; i < 3; i++)
            {
                Expect.Equal(CibaPollOutcome.Approved, await approved.PollAsync(StoreScene.Now.AddMinutes(1)).ConfigureAwait(false), "approved, poll " + i);
                Expect.Equal(CibaPollOutcome.Denied, await denied.PollAsync(StoreScene.Now.AddMinutes(1)).ConfigureAwait(false), "denied, poll " + i);
            }
        }),
        new("TryDenyRequest_Pending_DeniesOnceUntilItsEnd", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.False(await store.TryDenyRequestAsync(scene.Tenant, "unknown", StoreScene.Now, ct).ConfigureAwait(false), "unknown");
            Expect.False(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.RequestEnd, ct).ConfigureAwait(false), "at the end");
            Expect.True(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.RequestEnd.AddTicks(-1), ct).ConfigureAwait(false), "just before");
            Expect.False(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now, ct).ConfigureAwait(false), "again");
            Expect.Equal(ApprovalOutcome.NotPending, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "approval of a denied request");
        }),
        new("TryDenyRequest_Approved_IsFalse", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            Expect.False(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now, ct).ConfigureAwait(false), "denial after approval");
            Expect.Equal(CibaStatus.Approved, await scene.StatusAsync().ConfigureAwait(false), "status");
        }),
        new("TryDenyRequest_ManyAtOnce_OneWins", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.OneWinner(
                await Expect.RaceAsync(_ => store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now, ct)).ConfigureAwait(false), true, false, "callers");
        }),
        new("Sweep_Request_StaysUntilItsRetentionHasPassed", async (store, ct) =>
        {
            var scene = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            var end = StoreScene.RequestEnd + CibaRequest.Retention;
            await store.SweepAsync(end.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.Equal(CibaPollOutcome.Expired, await scene.PollAsync(end.AddTicks(-1)).ConfigureAwait(false), "a late poll hears that it expired");
            Expect.True(await store.SweepAsync(end, ct).ConfigureAwait(false) >= 1, "something was swept");
            Expect.Null(await scene.PollAsync(end).ConfigureAwait(false), "a poll after the retention");
            Expect.Null(await store.FindRequestAsync(scene.Tenant, scene.RequestId, ct).ConfigureAwait(false), "the request");
        }),
    ];
}
