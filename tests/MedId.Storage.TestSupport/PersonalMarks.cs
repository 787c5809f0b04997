using System.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Storage.TestSupport;

/// <summary>Synthetic personal values in every field of every record, to be looked for wherever the store keeps anything.</summary>
internal sealed class PersonalMarks
{
    private readonly List<string> _marks = [];

    /// <summary>Which of them stand in the bytes, in which form.</summary>
    public IEnumerable<string> FoundIn(byte[] bytes)
    {
        Assert.True(_marks.Count > 40);
        return _marks.SelectMany(mark => Encodings.Of(mark), (mark, form) => (Mark: mark, form.Name, form.Bytes))
            .Where(form => bytes.AsSpan().IndexOf(form.Bytes) >= 0)
            .Select(form => $"{form.Mark} as {form.Name}");
    }

    private string Mark(string what)
    {
        _marks.Add($"標識-{what}-7f3a9c51");
        return _marks[^1];
    }

    public async Task WriteEverywhereAsync(IProviderStore store)
    {
        var scene = new StoreScene(store);
        var at = StoreScene.Now.AddMinutes(1);
        var account = scene.Account() with { Patients = new Dictionary<string, string> { [Mark("resource")] = Mark("patient") } };
        await store.PutAccountAsync(account);
        await store.PutAccountAsync(account with { Patients = new Dictionary<string, string> { [Mark("resource-2")] = Mark("patient-2") } });
        await store.JudgeUserCodeAsync(scene.Tenant, scene.AccountId, "wrong", at);

        var device = scene.Device() with { PushAddress = "https://push.example/" + Mark("push"), KeyId = Mark("key-id"), PublicKey = Encoding.UTF8.GetBytes(Mark("public-key")), Name = Mark("device-name"), Credential = Mark("credential") };
        var proofing = new ProofingRecord { Method = Mark("method"), Level = ProofingLevel.High, At = at, ClerkId = Mark("clerk"), InstitutionId = Mark("desk") };
        await store.AddTicketAsync(scene.Ticket("ticket") with { Proofing = proofing });
        await store.AddTicketAsync(scene.Ticket("unused") with { Proofing = proofing with { ClerkId = Mark("clerk-2") } });
        await store.TryEnrolDeviceAsync("ticket", device, StoreScene.Now);
        await store.TryAdvanceCounterAsync(scene.Advance(10, 10) with { KeyId = device.KeyId });
        Assert.True(await store.RenameDeviceAsync(scene.Tenant, scene.AccountId, device.Id, Mark("device-name-2"), LifeCycleActor.Person(device.Id), at));
        foreach (var happened in new[] { DeviceEvent.Suspend, DeviceEvent.Resume })
        {
            var change = new DeviceChange
            {
                Tenant = scene.Tenant,
                AccountId = scene.AccountId,
                DeviceId = device.Id,
                Event = happened,
                Actor = LifeCycleActor.Clerk(Mark("clerk-" + happened), Mark("institution-" + happened)),
                At = at,
            };
            Assert.Null((await store.ChangeDeviceAsync(change)).Error);
        }

        await store.AddDeviceTokenAsync(new() { Tenant = scene.Tenant, Digest = "device-token", AccountId = scene.AccountId, RequestId = scene.RequestId, ExpiresAt = StoreScene.AccessEnd });
        foreach (var id in new[] { "left", "taken" })
        {
            await store.AddCeremonyAsync(scene.Ceremony(id) with
            {
                PushAddress = Mark("ceremony-push-" + id),
                Transaction = Mark("transaction-" + id),
                Choice = Mark("choice-" + id),
                Challenge = Mark("challenge-" + id),
                Digest = Mark("digest-" + id),
            });
        }

        await store.TryTakeCeremonyAsync(scene.Tenant, "taken", StoreScene.Now);
        await store.TryConsumeAsync(scene.Tenant, new ReplayKey(Mark("replay-issuer"), Mark("replay-id"), StoreScene.AccessEnd));
        await store.RevokeTokenAsync(scene.Tenant, "jti", StoreScene.AccessEnd);

        foreach (var fate in new[] { "denied", "withdrawn", "redeemed", "suspended" })
        {
            await DecideAsync(store, new StoreScene(store, scene.Tenant) { AccountId = scene.AccountId, KeyId = device.KeyId }, fate, at);
        }

        await store.SweepAsync(StoreScene.RequestEnd);
    }

    private async Task DecideAsync(IProviderStore store, StoreScene scene, string fate, DateTimeOffset at)
    {
        var scope = Mark("scope-" + fate);
        Assert.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(
            scene.Request() with
            {
                Context = Mark("context-" + fate),
                BindingMessage = Mark("message-" + fate),
                Resource = Mark("asked-resource-" + fate),
                Scopes = ["openid", scope, Mark("refused-scope-" + fate)],
            },
            8));
        await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, StoreScene.Now);
        if (fate == "denied")
        {
            Assert.True(await store.TryDenyRequestAsync(scene.Tenant, scene.RequestId, at));
            return;
        }

        var devices = await store.ListDevicesAsync(scene.Tenant, scene.AccountId);
        var grant = scene.Grant(scope) with { Patient = Mark("launch-" + fate), Actor = Mark("actor-" + fate), Resource = Mark("grant-resource-" + fate), Acr = Mark("acr-" + fate), Amr = [Mark("amr-" + fate)] };
        var consent = scene.Consent(scope) with
        {
            ScopesShown = [scope, Mark("shown-scope-" + fate)],
            Issuer = Mark("issuer-" + fate),
            Resource = Mark("consent-resource-" + fate),
            Recipient = new(StoreScene.Client, Mark("recipient-" + fate)),
            Practitioner = new()
            {
                Issuer = Mark("doctor-op-" + fate),
                Subject = Mark("doctor-" + fate),
                Name = Mark("doctor-name-" + fate),
                Role = Mark("role-" + fate),
                Organization = Mark("hospital-" + fate),
                OrganizationId = Mark("hospital-id-" + fate),
                EvidenceDigest = Mark("evidence-" + fate),
            },
            Purpose = new(Mark("system-" + fate), Mark("purpose-" + fate), Mark("purpose-text-" + fate)),
            Notice = new() { Version = "1", TextsVersion = "1", Language = "ja", Notice = Mark("notice-" + fate), Choice = Mark("chosen-" + fate), Digest = Mark("notice-digest-" + fate) },
            Act = scene.Consent(scope).Act with { SignedContent = Mark("signed-" + fate), Assertion = Mark("assertion-" + fate), PublicKey = Mark("act-key-" + fate) },
        };
        Assert.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(scene.Using(use => use with { ExpectedCounter = devices[0].SignCounter, NextCounter = devices[0].SignCounter + 1 }) with
        {
            Grant = grant,
            Consent = consent,
        }));
        await store.PollRequestAsync(scene.Tenant, scene.Digest, StoreScene.Client, at);
        await store.AppendConsentEventAsync(scene.Tenant, scene.ConsentId, new(at, "read", "health-record-api"));
        switch (fate)
        {
            case "withdrawn":
                Assert.Equal(WithdrawalOutcome.Withdrawn, await store.WithdrawConsentAsync(scene.Tenant, scene.ConsentId, scene.AccountId, at));
                break;
            case "redeemed":
                var token = new RefreshTokenRecord { Tenant = scene.Tenant, Digest = "r0", Family = "family", Grant = grant, ExpiresAt = StoreScene.AccessEnd };
                Assert.True(await store.TryRedeemRequestAsync(scene.Tenant, scene.RequestId, token, at));
                Assert.Equal(RefreshOutcome.Rotated, await store.RotateRefreshTokenAsync(scene.Tenant, "r0", StoreScene.Client, token with { Digest = "r1" }, at));
                Assert.Equal(RefreshOutcome.Reused, await store.RotateRefreshTokenAsync(scene.Tenant, "r0", StoreScene.Client, token with { Digest = "r2" }, at));
                break;
            case "suspended":
                Assert.True(await store.SetAccountStatusAsync(scene.Tenant, scene.AccountId, AccountStatus.Suspended, at));
                break;
        }
    }
}
