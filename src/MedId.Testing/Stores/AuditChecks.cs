using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

internal static class AuditChecks
{
    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("Audit_Append_IsLinkedAndFound", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            var before = await store.FindAuditHeadAsync(scene.Tenant, ct).ConfigureAwait(false);
            var line = Line(scene, AuditEventKind.DeskAct, StoreScene.Now) with
            {
                Outcome = AuditOutcome.Refused,
                Agents = [AuditAgent.Clerk("clerk-1", "institution-1"), new() { Kind = AuditAgentKind.Practitioner, Issuer = "https://doctors.example", Id = "doctor", Role = "158965000", OrganizationId = "o" }],
                RequestId = "request",
                ObjectId = "object",
                Resource = "https://api.example/fhir",
                Scopes = ["patient/Patient.read", "patient/*.rs?name=合成"],
                Purpose = "BTG",
                Reason = "reason",
                ErrorCode = "provider.synthetic",
            };
            var entry = await store.AppendAuditAsync(scene.Tenant, line, ct).ConfigureAwait(false);
            Expect.Equal((before.Length + 1, before.Digest), (entry.Sequence, entry.Previous), "its place and link");
            var found = (await OfAsync(scene).ConfigureAwait(false))[^1];
            Expect.True(found.ToBytes().AsSpan().SequenceEqual(entry.ToBytes()), "the same entry");
            Expect.True(entry.ToBytes().AsSpan().SequenceEqual(before.Append(line).ToBytes()), "what was said");
            Expect.Equal(AuditHead.After(entry), await store.FindAuditHeadAsync(scene.Tenant, ct).ConfigureAwait(false), "the head");
        }),
        new("Audit_Tenants_HaveTrailsOfTheirOwn", async (store, ct) =>
        {
            var (mine, other) = (new StoreScene(store), new StoreScene(store, ProviderStoreConformance.OtherTenant));
            var before = await store.FindAuditHeadAsync(other.Tenant, ct).ConfigureAwait(false);
            await store.AppendAuditAsync(mine.Tenant, Line(mine, AuditEventKind.DeskAct, StoreScene.Now), ct).ConfigureAwait(false);
            Expect.Equal(before, await store.FindAuditHeadAsync(other.Tenant, ct).ConfigureAwait(false), "the other tenant's head");
        }),
        new("Audit_ManyAtOnce_IsOneChainWithoutGaps", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            var before = await store.FindAuditHeadAsync(scene.Tenant, ct).ConfigureAwait(false);
            var places = await Expect.RaceAsync(async number =>
                (await store.AppendAuditAsync(scene.Tenant, Line(scene, AuditEventKind.DeskAct, StoreScene.Now.AddSeconds(number)), ct).ConfigureAwait(false)).Sequence).ConfigureAwait(false);
            Expect.SameSequence(Enumerable.Range(1, ProviderStoreConformance.Racers).Select(n => before.Length + n), places.Order(), "the places");
            Expect.Equal(ProviderStoreConformance.Racers, (await OfAsync(scene).ConfigureAwait(false)).Count, "lines");
        }),
        new("Audit_Pages_AreBounded", async (store, ct) =>
        {
            var scene = new StoreScene(store);
            var last = (await store.AppendAuditAsync(scene.Tenant, Line(scene, AuditEventKind.DeskAct, StoreScene.Now), ct).ConfigureAwait(false)).Sequence;
            Expect.Equal(1, (await store.ListAuditAsync(scene.Tenant, 1, 1, ct).ConfigureAwait(false)).Count, "one");
            Expect.Equal(last, (await store.ListAuditAsync(scene.Tenant, last, 1000, ct).ConfigureAwait(false)).Single().Sequence, "the last");
            Expect.Equal(0, (await store.ListAuditAsync(scene.Tenant, last + 1, 1000, ct).ConfigureAwait(false)).Count, "past the end");
            await Expect.MisuseAsync(async () => await store.ListAuditAsync(scene.Tenant, 0, 1, ct).ConfigureAwait(false), "place 0").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.ListAuditAsync(scene.Tenant, 1, 0, ct).ConfigureAwait(false), "no entries").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.ListAuditAsync(scene.Tenant, 1, 1001, ct).ConfigureAwait(false), "too large a page").ConfigureAwait(false);
        }),
        new("Audit_WholeWalk_HasALineOfEachDecisiveStep", async (store, ct) =>
        {
            var (first, second) = (StoreScene.NewId("refresh"), StoreScene.NewId("refresh"));
            var scene = await new StoreScene(store).RedeemedAsync(first, first).ConfigureAwait(false);
            var at = StoreScene.Now.AddMinutes(2);
            await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, scene.RefreshToken(second, first), at, ct).ConfigureAwait(false);
            await store.RotateRefreshTokenAsync(scene.Tenant, first, StoreScene.Client, scene.RefreshToken(second + "2", first), at, ct).ConfigureAwait(false);
            await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at, ct).ConfigureAwait(false);
            await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, at, ct).ConfigureAwait(false);
            var lines = (await OfAsync(scene).ConfigureAwait(false)).Select(entry => entry.Line).ToList();
            Expect.SameSequence(
                [
                    AuditEventKind.DeviceEnrolled, AuditEventKind.RequestOpened, AuditEventKind.ConsentGiven, AuditEventKind.TokenIssued, AuditEventKind.TokenRefreshed,
                    AuditEventKind.RefreshRefused, AuditEventKind.ConsentWithdrawn, AuditEventKind.AccountChanged,
                ],
                lines.Select(line => line.Event),
                "the lines");
            foreach (var line in lines.Where(line => line.Event is AuditEventKind.RequestOpened or AuditEventKind.ConsentGiven or AuditEventKind.TokenIssued or AuditEventKind.TokenRefreshed))
            {
                Expect.True(line.Agents.Any(agent => agent is { Kind: AuditAgentKind.Client, Id: StoreScene.Client }), $"{line.Event}: the client");
                Expect.True(line.Agents.Any(agent => agent is { Kind: AuditAgentKind.Practitioner, Issuer: "https://doctors.example", Id: "synthetic-doctor" }), $"{line.Event}: the doctor");
                Expect.Equal("https://api.example/fhir", line.Resource, $"{line.Event}: the resource");
                Expect.True(line.Scopes.Count > 0, $"{line.Event}: the scopes");
            }

            Expect.Equal(AuditAgentKind.Person, lines[2].Agents[0].Kind, "who consented");
            Expect.Equal((scene.RequestId, scene.ConsentId), (lines[2].RequestId, lines[2].ConsentId), "request and consent");
            Expect.Equal((AuditOutcome.Refused, OAuthServerErrorCodes.RefreshTokenReused), (lines[5].Outcome, lines[5].ErrorCode), "the reuse");
        }),
        new("Audit_DeniedAndRevoked_HaveTheirLines", async (store, ct) =>
        {
            var denied = await new StoreScene(store).PendingAsync().ConfigureAwait(false);
            Expect.True(await store.TryDenyRequestAsync(denied.Tenant, denied.RequestId, StoreScene.Now, ct).ConfigureAwait(false), "denial");
            Expect.Equal(AuditEventKind.ConsentDenied, (await OfAsync(denied).ConfigureAwait(false))[^1].Line.Event, "the denial");
            var refresh = StoreScene.NewId("refresh");
            var scene = await new StoreScene(store).RedeemedAsync(refresh, refresh).ConfigureAwait(false);
            Expect.True(await store.RevokeRefreshFamilyAsync(scene.Tenant, refresh, StoreScene.Client, StoreScene.Now, ct).ConfigureAwait(false), "revocation");
            Expect.Equal(AuditEventKind.TokenRevoked, (await OfAsync(scene).ConfigureAwait(false))[^1].Line.Event, "the revocation");
        }),
        new("Audit_VerbThatChangesNothing_HasNoLine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).RedeemedAsync(StoreScene.NewId("refresh"), StoreScene.NewId("family")).ConfigureAwait(false);
            var before = (await OfAsync(scene).ConfigureAwait(false)).Count;
            Expect.Equal(ApprovalOutcome.NotPending, await store.TryApproveAsync(scene.Approval(), ct).ConfigureAwait(false), "approval again");
            Expect.False(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, StoreScene.Now, ct).ConfigureAwait(false), "denial of what is redeemed");
            Expect.False(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now, ct).ConfigureAwait(false), "redemption again");
            Expect.Equal(WithdrawalOutcome.Unknown, await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, "another", StoreScene.Now, ct).ConfigureAwait(false), "withdrawal by another");
            await Expect.MisuseAsync(
                async () => await store.TryApproveAsync(scene.Approval() with { Consent = scene.Consent(StoreScene.DataScopes) with { Id = "another" } }, ct).ConfigureAwait(false), "not of one approval").ConfigureAwait(false);
            Expect.Equal(before, (await OfAsync(scene).ConfigureAwait(false)).Count, "lines");
        }),
        new("Audit_Told_HasItsLine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await store.AppendConsentEventAsync(scene.Tenant, scene.ConsentId, new(StoreScene.Now.AddMinutes(1), "told", StoreScene.Client), ct).ConfigureAwait(false);
            await store.AppendConsentEventAsync(scene.Tenant, scene.ConsentId, new(StoreScene.Now.AddMinutes(1), "another", StoreScene.Client), ct).ConfigureAwait(false);
            Expect.Equal(1, (await OfAsync(scene).ConfigureAwait(false)).Count(entry => entry.Line.Event == AuditEventKind.PersonTold), "lines");
        }),
        new("Audit_StandingConsentAndCode_HaveTheirLines", async (store, ct) =>
        {
            var scene = await new StoreScene(store).EnrolledAsync().ConfigureAwait(false);
            foreach (var (kind, code) in new[] { (StandingConsentKind.Paper, (string?)null), (StandingConsentKind.OneTimeCode, StoreScene.NewId("code")) })
            {
                await store.AddStandingConsentAsync(Standing(scene, kind, code), ct).ConfigureAwait(false);
            }

            var paper = (await store.ListStandingConsentsAsync(scene.Tenant, scene.AccountId, ct).ConfigureAwait(false)).Single(standing => standing.Kind == StandingConsentKind.Paper);
            Expect.Equal(
                WithdrawalOutcome.Withdrawn, await store.WithdrawStandingConsentAsync(scene.Tenant, paper.Id, scene.AccountId, StoreScene.Now.AddMinutes(1), ct).ConfigureAwait(false), "withdrawal");
            var lines = (await OfAsync(scene).ConfigureAwait(false)).Skip(1).Select(entry => entry.Line).ToList();
            Expect.SameSequence([AuditEventKind.StandingConsentGiven, AuditEventKind.CodeMade, AuditEventKind.StandingConsentWithdrawn], lines.Select(line => line.Event), "the lines");
            Expect.Equal((AuditAgentKind.Clerk, "clerk-1", "desk-1"), (lines[0].Agents[0].Kind, lines[0].Agents[0].Id, lines[0].Agents[0].OrganizationId), "who took it down");
            Expect.Equal("paper", lines[0].Reason, "how");
        }),
        new("Audit_RedemptionRace_HasOneLine", async (store, ct) =>
        {
            var scene = await new StoreScene(store).ApprovedAsync().ConfigureAwait(false);
            await Expect.RaceAsync(_ => store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, null, StoreScene.Now.AddMinutes(1), ct)).ConfigureAwait(false);
            Expect.Equal(1, (await OfAsync(scene).ConfigureAwait(false)).Count(entry => entry.Line.Event == AuditEventKind.TokenIssued), "lines of a token");
        }),
    ];

    /// <summary>The lines about a scene's person, after the whole trail was verified against its head.</summary>
    internal static async Task<IReadOnlyList<AuditEntry>> OfAsync(StoreScene scene)
    {
        var kept = await scene.Store.FindAuditHeadAsync(scene.Tenant).ConfigureAwait(false);
        var head = AuditHead.Empty(scene.Tenant);
        List<AuditEntry> lines = [];
        while (head.Length < kept.Length)
        {
            var piece = await scene.Store.ListAuditAsync(scene.Tenant, head.Length + 1, 1000).ConfigureAwait(false);
            var report = AuditVerifier.Verify(head, piece);
            Expect.Null(report.Error, $"what is wrong with the trail at {report.At}");
            Expect.True(piece.Count > 0, "a piece before the head is not empty");
            lines.AddRange(piece.Select(stored => AuditEntry.Parse(stored.Bytes).Value!).Where(entry => entry.Line.Subject == scene.AccountId));
            head = report.Head;
        }

        return lines;
    }

    private static StandingConsent Standing(StoreScene scene, StandingConsentKind kind, string? code) => new()
    {
        Tenant = scene.Tenant,
        Id = StoreScene.NewId("standing"),
        Subject = scene.AccountId,
        Kind = kind,
        Resource = "https://api.example/fhir",
        Recipients = code is null ? [StoreScene.Client] : [],
        Scopes = StoreScene.DataScopes,
        Purposes = ["TREAT"],
        Access = TimeSpan.FromMinutes(10),
        GivenAt = StoreScene.Now,
        ValidUntil = StoreScene.Now.AddMinutes(10),
        MaxUses = code is null ? null : 1,
        Notice = scene.Consent(StoreScene.DataScopes).Notice,
        Act = code is null ? null : scene.Consent(StoreScene.DataScopes).Act,
        Witness = code is null ? new() { InstitutionId = "desk-1", ClerkId = "clerk-1", EvidenceDigest = "evidence", At = StoreScene.Now } : null,
        DeviceId = code is null ? null : scene.Device().Id,
        CodeDigest = code,
    };

    internal static AuditLine Line(StoreScene scene, AuditEventKind happened, DateTimeOffset at) => new()
    {
        Event = happened,
        At = at,
        Agents = [AuditAgent.ResourceServer("health-record-api")],
        Subject = scene.AccountId,
        ConsentId = scene.ConsentId,
    };
}
