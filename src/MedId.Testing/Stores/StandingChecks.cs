using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static partial class StandingChecks
{
    private static readonly DateTimeOffset _end = StoreScene.Now.AddDays(30);

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("AddStandingConsent_Whole_IsFoundAsItWasWritten", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            foreach (var consent in new[] { Standing(scene), Code(scene, StoreScene.NewId("code")), Paper(scene) })
            {
                await store.AddStandingConsentAsync(consent, ct).ConfigureAwait(false);
                Expect.Same(consent, await store.FindStandingConsentAsync(scene.Tenant, consent.Id, ct).ConfigureAwait(false), RecordJson.Context.StandingConsent, consent.Kind.ToString());
                Expect.Null(await store.FindStandingConsentAsync(ProviderStoreConformance.OtherTenant, consent.Id, ct).ConfigureAwait(false), "from another tenant");
            }

            Expect.Null(await store.FindStandingConsentAsync(scene.Tenant, "unknown", ct).ConfigureAwait(false), "unknown");
        }),
        new("AddStandingConsent_Misuse_ChangesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var consent = Standing(scene);
            foreach (var (wrong, what) in new[]
            {
                (consent with { Subject = "nobody" }, "no such account"),
                (consent with { Kind = StandingConsentKind.OneTimeCode, MaxUses = 1 }, "a code without a digest"),
                (consent with { CodeDigest = "digest" }, "a digest without a code"),
                (Code(scene, "digest") with { MaxUses = null }, "a code for ever"),
                (consent with { Recipients = [] }, "nobody receives"),
                (consent with { Scopes = [] }, "no scopes"),
                (consent with { Purposes = [] }, "no purpose"),
                (consent with { Access = TimeSpan.Zero }, "no access"),
                (consent with { ValidUntil = consent.GivenAt }, "no time"),
                (consent with { Uses = 1 }, "used before it was there"),
            })
            {
                await Expect.MisuseAsync(async () => await store.AddStandingConsentAsync(wrong, ct).ConfigureAwait(false), what).ConfigureAwait(false);
                Expect.Null(await store.FindStandingConsentAsync(scene.Tenant, consent.Id, ct).ConfigureAwait(false), "nothing is there");
            }

            await store.AddStandingConsentAsync(consent, ct).ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.AddStandingConsentAsync(consent, ct).ConfigureAwait(false), "the id is taken").ConfigureAwait(false);
        }),
        new("AddStandingConsent_LiveCodeOfAnother_IsMisuseUntilItsEnd", async (store, ct) =>
        {
            var (mine, theirs, code) = (await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), StoreScene.NewId("code"));
            var first = Code(mine, code);
            await store.AddStandingConsentAsync(first, ct).ConfigureAwait(false);
            var second = Code(theirs, code) with { GivenAt = first.ValidUntil.AddTicks(-1), ValidUntil = first.ValidUntil.AddMinutes(10) };
            await Expect.MisuseAsync(async () => await store.AddStandingConsentAsync(second, ct).ConfigureAwait(false), "the code is live").ConfigureAwait(false);
            await store.AddStandingConsentAsync(second with { GivenAt = first.ValidUntil }, ct).ConfigureAwait(false);
            Expect.Equal(second.Id, (await store.FindStandingConsentByCodeAsync(mine.Tenant, code, first.ValidUntil, ct).ConfigureAwait(false))?.Id, "whose code it is now");
        }),
        new("TryGiveStandingConsent_DeviceOfThePerson_RecordsAndMovesTheCounter", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var consent = Standing(scene) with { DeviceId = DeviceId(scene) };
            Expect.Equal(ApprovalOutcome.Approved, await store.TryGiveStandingConsentAsync(consent, Use(scene), ct).ConfigureAwait(false), "outcome");
            Expect.Same(consent, await store.FindStandingConsentAsync(scene.Tenant, consent.Id, ct).ConfigureAwait(false), RecordJson.Context.StandingConsent, "the consent");
            Expect.Equal(11, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the counter");
        }),
        new("TryGiveStandingConsent_NotTheJudgedState_ChangesNothing", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var consent = Standing(scene) with { DeviceId = DeviceId(scene) };
            var stranger = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.CounterMoved, await store.TryGiveStandingConsentAsync(consent, Use(scene) with { ExpectedCounter = 9 }, ct).ConfigureAwait(false), "a counter that moved");
            Expect.Equal(ApprovalOutcome.CounterMoved, await store.TryGiveStandingConsentAsync(consent, Use(scene) with { NextCounter = 9 }, ct).ConfigureAwait(false), "a counter that goes back");
            var foreign = consent with { DeviceId = DeviceId(stranger) };
            Expect.Equal(ApprovalOutcome.CounterMoved, await store.TryGiveStandingConsentAsync(foreign, Use(scene) with { KeyId = stranger.KeyId }, ct).ConfigureAwait(false), "another person's device");
            await Expect.MisuseAsync(async () => await store.TryGiveStandingConsentAsync(foreign, Use(scene), ct).ConfigureAwait(false), "another device than the one that acted").ConfigureAwait(false);
            await ChangeAsync(scene, DeviceEvent.Suspend, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.DeviceNotActive, await store.TryGiveStandingConsentAsync(consent, Use(scene), ct).ConfigureAwait(false), "a suspended device");
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, StoreScene.Now, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.AccountNotActive, await store.TryGiveStandingConsentAsync(consent, Use(scene), ct).ConfigureAwait(false), "a suspended person");
            Expect.Null(await store.FindStandingConsentAsync(scene.Tenant, consent.Id, ct).ConfigureAwait(false), "nothing is recorded");
            Expect.Equal(10, (await store.ListDevicesAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false))[0].SignCounter, "the counter");
        }),
        new("FindStandingConsentByCode_LifeOfACode_IsExact", async (store, ct) =>
        {
            var (scene, code) = (await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), StoreScene.NewId("code"));
            var consent = Code(scene, code);
            await store.AddStandingConsentAsync(consent, ct).ConfigureAwait(false);
            Expect.Equal(consent.Id, (await store.FindStandingConsentByCodeAsync(scene.Tenant, code, StoreScene.Now, ct).ConfigureAwait(false))?.Id, "live");
            Expect.Equal(consent.Id, (await store.FindStandingConsentByCodeAsync(scene.Tenant, code, consent.ValidUntil.AddTicks(-1), ct).ConfigureAwait(false))?.Id, "just before its end");
            Expect.Null(await store.FindStandingConsentByCodeAsync(scene.Tenant, code, consent.ValidUntil, ct).ConfigureAwait(false), "at its end");
            Expect.Null(await store.FindStandingConsentByCodeAsync(scene.Tenant, "unknown", StoreScene.Now, ct).ConfigureAwait(false), "unknown");
            Expect.Null(await store.FindStandingConsentByCodeAsync(ProviderStoreConformance.OtherTenant, code, StoreScene.Now, ct).ConfigureAwait(false), "from another tenant");
        }),
        new("FindStandingConsentByCode_NewerCode_EndsTheOlderUnusedOne", async (store, ct) =>
        {
            var (scene, code) = (await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), StoreScene.NewId("code"));
            var (first, second) = (Code(scene, code), Code(scene, code + "2") with { GivenAt = StoreScene.Now.AddMinutes(1) });
            await store.AddStandingConsentAsync(first, ct).ConfigureAwait(false);
            await store.AddStandingConsentAsync(Standing(scene), ct).ConfigureAwait(false);
            await store.AddStandingConsentAsync(second, ct).ConfigureAwait(false);
            Expect.Null(await store.FindStandingConsentByCodeAsync(scene.Tenant, code, second.GivenAt, ct).ConfigureAwait(false), "the older code");
            Expect.Equal(second.Id, (await store.FindStandingConsentByCodeAsync(scene.Tenant, code + "2", second.GivenAt, ct).ConfigureAwait(false))?.Id, "the newer code");
            var all = await store.ListStandingConsentsAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false);
            Expect.SameSequence(
                ["OneTimeCode Given", "PreRegistered Given", $"OneTimeCode Withdrawn {second.GivenAt:O}"],
                all.Select(one => $"{one.Kind} {one.Status} {one.WithdrawnAt:O}".TrimEnd()),
                "newest first");
        }),
        new("FindStandingConsentByCode_DeviceThatGaveItIsLost_OpensNothing", async (store, ct) =>
        {
            var (scene, code) = (await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), StoreScene.NewId("code"));
            await store.TryGiveStandingConsentAsync(Code(scene, code) with { DeviceId = DeviceId(scene) }, Use(scene), ct).ConfigureAwait(false);
            await ChangeAsync(scene, DeviceEvent.ReportLost, ct).ConfigureAwait(false);
            Expect.Null(await store.FindStandingConsentByCodeAsync(scene.Tenant, code, StoreScene.Now, ct).ConfigureAwait(false), "the code");
        }),
        new("TryApprove_OneTimeCode_IsUsedOnceAndForgotten", async (store, ct) =>
        {
            var (scene, code) = (await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), StoreScene.NewId("code"));
            var standing = Code(scene, code);
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(On(scene, standing), ct).ConfigureAwait(false), "outcome");
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent is active");
            var used = standing with { Uses = 1, CodeDigest = null };
            Expect.Same(used, await store.FindStandingConsentAsync(scene.Tenant, standing.Id, ct).ConfigureAwait(false), RecordJson.Context.StandingConsent, "the consent given beforehand");
            Expect.Null(await store.FindStandingConsentByCodeAsync(scene.Tenant, code, StoreScene.Now, ct).ConfigureAwait(false), "the code");
            var second = scene.Again();
            await store.AddRequestAsync(second.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.StandingConsentNotActive, await store.TryApproveAsync(On(second, standing), ct).ConfigureAwait(false), "a second use");
            Expect.Equal(CibaStatus.Pending, await second.StatusAsync().ConfigureAwait(false), "the second request");
            Expect.Null(await store.FindConsentAsync(scene.Tenant, second.ConsentId, ct).ConfigureAwait(false), "a second consent");

            // A newer code ends an older one that nobody used; what was opened by this one stays.
            await store.AddStandingConsentAsync(Code(scene, code), ct).ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent after a newer code");
        }),
        new("TryApprove_OneTimeCodeAtOnce_OneWins", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var standing = Code(scene, StoreScene.NewId("code"));
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            var scenes = Enumerable.Range(0, ProviderStoreConformance.Racers).Select(_ => scene.Again()).ToList();
            foreach (var one in scenes)
            {
                await store.AddRequestAsync(one.Request(), ProviderStoreConformance.Racers, ct).ConfigureAwait(false);
            }

            var outcomes = await Expect.RaceAsync(number => store.TryApproveAsync(On(scenes[number], standing), ct)).ConfigureAwait(false);
            Expect.OneWinner(outcomes, ApprovalOutcome.Approved, ApprovalOutcome.StandingConsentNotActive, "callers");
            Expect.Equal(1, (await store.ListConsentsAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Count, "consents");
        }),
        new("TryApprove_ManyUses_CountsAndStopsAtTheBoundAndTheEnd", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var standing = Standing(scene) with { MaxUses = 2, ValidUntil = StoreScene.AccessEnd };
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            List<ApprovalOutcome> outcomes = [];
            for (var i = 0; i < 3; i++)
            {
                var next = scene.Again();
                await store.AddRequestAsync(next.Request(), 8, ct).ConfigureAwait(false);
                outcomes.Add(await store.TryApproveAsync(On(next, standing), ct).ConfigureAwait(false));
            }

            Expect.SameSequence([ApprovalOutcome.Approved, ApprovalOutcome.Approved, ApprovalOutcome.StandingConsentNotActive], outcomes, "outcomes");
            Expect.Equal(2, (await store.FindStandingConsentAsync(scene.Tenant, standing.Id, ct).ConfigureAwait(false))?.Uses, "uses");

            var end = StoreScene.Now.AddMinutes(1);
            var shortLived = Standing(scene) with { ValidUntil = end };
            await store.AddStandingConsentAsync(shortLived, ct).ConfigureAwait(false);
            var late = scene.Again();
            await store.AddRequestAsync(late.Request(), 8, ct).ConfigureAwait(false);
            var approval = On(late, shortLived);
            approval = approval with { Consent = approval.Consent with { AccessUntil = end } };
            Expect.Equal(ApprovalOutcome.StandingConsentNotActive, await store.TryApproveAsync(approval with { At = end }, ct).ConfigureAwait(false), "at its end");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(approval with { At = end.AddTicks(-1) }, ct).ConfigureAwait(false), "just before");
        }),
        new("TryApprove_BeyondTheConsentGivenBeforehand_IsMisuse", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var standing = Standing(scene);
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            foreach (var (wrong, what) in new[]
            {
                (standing with { Resource = "https://other.example/fhir" }, "another resource"),
                (standing with { Kind = StandingConsentKind.Paper }, "another kind"),
                (standing with { Recipients = [StoreScene.OtherClient] }, "another recipient"),
                (standing with { Purposes = ["HRESCH"] }, "another purpose"),
                (standing with { Scopes = ["patient/Patient.read", "patient/MedicationRequest.read"] }, "fewer scopes"),
                (standing with { ValidUntil = StoreScene.AccessEnd.AddTicks(-1) }, "an access that outlasts it"),
            })
            {
                var other = wrong with { Id = StoreScene.NewId("standing") };
                await store.AddStandingConsentAsync(other, ct).ConfigureAwait(false);
                var approval = On(scene, other);
                approval = approval with { Consent = approval.Consent with { Ground = approval.Consent.Ground! with { Kind = ConsentGroundKind.PreRegistered } } };
                await Expect.MisuseAsync(async () => await store.TryApproveAsync(approval, ct).ConfigureAwait(false), what).ConfigureAwait(false);
                Expect.Equal(0, (await store.FindStandingConsentAsync(scene.Tenant, other.Id, ct).ConfigureAwait(false))?.Uses, what + ": uses");
            }

            var stranger = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var theirs = Standing(stranger);
            await store.AddStandingConsentAsync(theirs, ct).ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.TryApproveAsync(On(scene, theirs), ct).ConfigureAwait(false), "another person's").ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.StandingConsentNotActive, await store.TryApproveAsync(On(scene, Standing(scene)), ct).ConfigureAwait(false), "unknown");
            Expect.Equal(CibaStatus.Pending, await scene.StatusAsync().ConfigureAwait(false), "the request");
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(On(scene, standing), ct).ConfigureAwait(false), "the right one");
        }),
        new("TryApprove_WiderScopeGivenBeforehand_CoversNarrowerOnes", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var standing = Standing(scene) with { Scopes = ["patient/*.read"] };
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(On(scene, standing), ct).ConfigureAwait(false), "outcome");
        }),
        new("WithdrawStandingConsent_Used_EndsEverythingMadeFromIt", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var (standing, refresh, at) = (Standing(scene), StoreScene.NewId("refresh"), StoreScene.Now.AddMinutes(2));
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            await store.TryApproveAsync(On(scene, standing), ct).ConfigureAwait(false);
            Expect.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, scene.RefreshToken(refresh, refresh), StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false), "redemption");
            var waiting = scene.Again();
            await store.AddRequestAsync(waiting.Request(), 8, ct).ConfigureAwait(false);
            await store.TryApproveAsync(On(waiting, standing), ct).ConfigureAwait(false);
            var apart = scene.Again();
            await store.AddRequestAsync(apart.Request(), 8, ct).ConfigureAwait(false);
            await store.TryApproveAsync(apart.Approval(), ct).ConfigureAwait(false);

            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawStandingConsentAsync(scene.Tenant, standing.Id, "another", at, ct).ConfigureAwait(false), "of another person");
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawStandingConsentAsync(ProviderStoreConformance.OtherTenant, standing.Id, scene.AccountId, at, ct).ConfigureAwait(false), "from another tenant");
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawStandingConsentAsync(scene.Tenant, "unknown", scene.AccountId, at, ct).ConfigureAwait(false), "unknown");
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "before");
            Expect.Equal(WithdrawalOutcome.Withdrawn, await store.WithdrawStandingConsentAsync(scene.Tenant, standing.Id, scene.AccountId, at, ct).ConfigureAwait(false), "outcome");
            Expect.False(await scene.ConsentActiveAsync(at).ConfigureAwait(false), "what was read under");
            Expect.Null(await store.FindRefreshTokenAsync(scene.Tenant, refresh, ct).ConfigureAwait(false), "its refresh token");
            Expect.False(await waiting.ConsentActiveAsync(at).ConfigureAwait(false), "what was not redeemed yet");
            Expect.Equal(CibaPollOutcome.Denied, await waiting.PollAsync(at).ConfigureAwait(false), "its poll");
            Expect.Equal("withdrawn", (await store.ListConsentEventsAsync(scene.Tenant, scene.ConsentId, ct).ConfigureAwait(false))[^1].Kind, "the last line");
            Expect.True(await apart.ConsentActiveAsync().ConfigureAwait(false), "a consent of its own stays");
            Expect.Equal(WithdrawalOutcome.AlreadyWithdrawn, await store.WithdrawStandingConsentAsync(scene.Tenant, standing.Id, scene.AccountId, at.AddMinutes(1), ct).ConfigureAwait(false), "again");
            Expect.Equal(at, (await store.FindStandingConsentAsync(scene.Tenant, standing.Id, ct).ConfigureAwait(false))?.WithdrawnAt, "the time of the withdrawal");
            var late = scene.Again();
            await store.AddRequestAsync(late.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.StandingConsentNotActive, await store.TryApproveAsync(On(late, standing), ct).ConfigureAwait(false), "a use afterwards");
        }),
        new("WithdrawStandingConsent_AgainstAUseAtOnce_LeavesNothingOpen", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var standing = Standing(scene);
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            var scenes = Enumerable.Range(0, ProviderStoreConformance.Racers).Select(_ => scene.Again()).ToList();
            foreach (var one in scenes)
            {
                await store.AddRequestAsync(one.Request(), ProviderStoreConformance.Racers, ct).ConfigureAwait(false);
            }

            await Expect.RaceAsync(async number => number == 0
                ? await store.WithdrawStandingConsentAsync(scene.Tenant, standing.Id, scene.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false) == WithdrawalOutcome.Withdrawn
                : await store.TryApproveAsync(On(scenes[number], standing), ct).ConfigureAwait(false) == ApprovalOutcome.Approved).ConfigureAwait(false);
            foreach (var one in scenes)
            {
                Expect.False(await one.ConsentActiveAsync().ConfigureAwait(false), "a consent afterwards");
            }
        }),
        new("StandingConsent_DeviceThatGaveItIsLostAndFound_FallsAndComesBack", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var standing = Standing(scene) with { DeviceId = DeviceId(scene) };
            await store.TryGiveStandingConsentAsync(standing, Use(scene), ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            await store.TryApproveAsync(On(scene, standing), ct).ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "before");
            await ChangeAsync(scene, DeviceEvent.ReportLost, ct).ConfigureAwait(false);
            Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent made from it");
            var next = scene.Again();
            await store.AddRequestAsync(next.Request(), 8, ct).ConfigureAwait(false);
            Expect.Equal(ApprovalOutcome.StandingConsentNotActive, await store.TryApproveAsync(On(next, standing), ct).ConfigureAwait(false), "a use while the device is lost");
            await ChangeAsync(scene, DeviceEvent.Found, ct).ConfigureAwait(false);
            await ChangeAsync(scene, DeviceEvent.Resume, ct).ConfigureAwait(false);
            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "found again");
        }),
        new("StandingConsent_PersonArchivedAndRestored_StaysEnded", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            var (paper, code) = (Paper(scene), StoreScene.NewId("code"));
            await store.AddStandingConsentAsync(paper, ct).ConfigureAwait(false);
            await store.AddStandingConsentAsync(Code(scene, code), ct).ConfigureAwait(false);
            await store.AddRequestAsync(scene.Request(), 8, ct).ConfigureAwait(false);
            await store.TryApproveAsync(On(scene, paper), ct).ConfigureAwait(false);
            foreach (var happened in new[] { AccountEvent.Suspend, AccountEvent.Reactivate })
            {
                await ChangeAsync(scene, happened, ct).ConfigureAwait(false);
            }

            Expect.True(await scene.ConsentActiveAsync().ConfigureAwait(false), "after a suspension");
            foreach (var happened in new[] { AccountEvent.Archive, AccountEvent.Restore, AccountEvent.Activate })
            {
                await ChangeAsync(scene, happened, ct).ConfigureAwait(false);
            }

            Expect.False(await scene.ConsentActiveAsync().ConfigureAwait(false), "the consent made from paper");
            Expect.Null(await store.FindStandingConsentByCodeAsync(scene.Tenant, code, StoreScene.Now, ct).ConfigureAwait(false), "the code");
            Expect.True((await store.ListStandingConsentsAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).All(one => one.Status == ConsentStatus.Withdrawn), "all are ended");
        }),
        new("Sweep_StandingConsent_StaysAndItsCodeIsForgotten", async (store, ct) =>
        {
            var (scene, code) = (await new StoreScene(store).EnrolledAsync().ConfigureAwait(false), StoreScene.NewId("code"));
            var (standing, oneTime) = (Standing(scene), Code(scene, code));
            await store.AddStandingConsentAsync(standing, ct).ConfigureAwait(false);
            await store.AddStandingConsentAsync(oneTime, ct).ConfigureAwait(false);
            await store.SweepAsync(oneTime.ValidUntil.AddTicks(-1), ct).ConfigureAwait(false);
            Expect.Equal(oneTime.Id, (await store.FindStandingConsentByCodeAsync(scene.Tenant, code, StoreScene.Now, ct).ConfigureAwait(false))?.Id, "just before its end");
            await store.SweepAsync(oneTime.ValidUntil, ct).ConfigureAwait(false);
            Expect.Same(oneTime with { CodeDigest = null }, await store.FindStandingConsentAsync(scene.Tenant, oneTime.Id, ct).ConfigureAwait(false), RecordJson.Context.StandingConsent, "the code's consent");
            await store.SweepAsync(_end.AddYears(10), ct).ConfigureAwait(false);
            Expect.Same(standing, await store.FindStandingConsentAsync(scene.Tenant, standing.Id, ct).ConfigureAwait(false), RecordJson.Context.StandingConsent, "the other");
        }),
        .. CodeChecks(),
    ];

    private static StandingConsent Standing(StoreScene scene) => new()
    {
        Tenant = scene.Tenant,
        Id = StoreScene.NewId("standing"),
        Subject = scene.AccountId,
        Kind = StandingConsentKind.PreRegistered,
        Resource = "https://api.example/fhir",
        Recipients = [StoreScene.Client],
        Scopes = StoreScene.DataScopes,
        Purposes = ["TREAT"],
        Access = TimeSpan.FromMinutes(10),
        GivenAt = StoreScene.Now,
        ValidUntil = _end,
        Notice = new() { Version = "1", TextsVersion = "2026-11", Language = "ja", Notice = """{"title":"合成データ"}""", Choice = "{}", Digest = "digest" },
    };

    /// <summary>A one-time code.</summary>
    public static StandingConsent Code(StoreScene scene, string digest) =>
        Standing(scene) with { Kind = StandingConsentKind.OneTimeCode, Recipients = [], CodeDigest = digest, MaxUses = 1, ValidUntil = StoreScene.Now.AddMinutes(10) };

    /// <summary>One that a desk recorded.</summary>
    public static StandingConsent Paper(StoreScene scene) => Standing(scene) with
    {
        Kind = StandingConsentKind.Paper,
        Witness = new() { InstitutionId = "synthetic-1", ClerkId = "synthetic-clerk", EvidenceDigest = "digest", At = StoreScene.Now.AddHours(-1) },
    };

    private static DeviceUse Use(StoreScene scene) => new() { AccountId = scene.AccountId, Model = StoreScene.Model, KeyId = scene.KeyId, ExpectedCounter = 10, NextCounter = 11 };

    private static string DeviceId(StoreScene scene) => scene.Device().Id;

    /// <summary>An approval without a device, on a consent given beforehand.</summary>
    private static Approval On(StoreScene scene, StandingConsent standing)
    {
        var approval = scene.Approval();
        return approval with
        {
            Device = null,
            Consent = approval.Consent with { Ground = new() { Kind = StandingRules.GroundOf(standing.Kind), StandingConsentId = standing.Id } },
        };
    }

    private static async Task ChangeAsync(StoreScene scene, DeviceEvent happened, CancellationToken ct)
    {
        var change = new DeviceChange { Tenant = scene.Tenant, AccountId = scene.AccountId, DeviceId = DeviceId(scene), Event = happened, Actor = LifeCycleActor.Op, At = StoreScene.Now };
        Expect.True((await scene.Store.ChangeDeviceAsync(change, ct).ConfigureAwait(false)).Succeeded, happened.ToString());
    }

    private static async Task ChangeAsync(StoreScene scene, AccountEvent happened, CancellationToken ct)
    {
        var change = new AccountChange { Tenant = scene.Tenant, AccountId = scene.AccountId, Event = happened, Actor = LifeCycleActor.Op, At = StoreScene.Now };
        Expect.True((await scene.Store.ChangeAccountAsync(change, ct).ConfigureAwait(false)).Succeeded, happened.ToString());
    }
}
