using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Fido.Uaf;
using MedId.OAuth;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Provider.Tests;

public class AccessRequestTests
{
    [Fact]
    public async Task Open_WithoutEvidence_OpensNothing()
    {
        var world = await ProviderWorld.EnrolledAsync();

        var refusal = (await world.Opener.OpenAsync(world.Validated(evidence: null))).Refusal!;

        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceMissing, refusal.Error.Code);
        Assert.Equal(OAuthErrorNames.InvalidRequest, refusal.WireError);
    }

    [Fact]
    public async Task Open_EvidenceUsedBefore_IsReplayed()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var evidence = await world.EvidenceAsync();
        Assert.Null((await world.Opener.OpenAsync(world.Validated(evidence))).Refusal);

        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceReplayed, (await world.Opener.OpenAsync(world.Validated(evidence))).Refusal!.Error.Code);
    }

    [Fact]
    public async Task Open_IssuerNotConfigured_IsUntrusted()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var evidence = await world.EvidenceAsync(claims => claims["iss"] = "https://elsewhere.example");

        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceUntrusted, (await world.Opener.OpenAsync(world.Validated(evidence))).Refusal!.Error.Code);
    }

    [Fact]
    public async Task Open_PurposeWithoutWords_IsRefused()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var evidence = await world.EvidenceAsync(claims => claims["extensions"]!["ihe_iua"]!["purpose_of_use"]![0]!["code"] = "HMARKT");

        Assert.Equal(ProviderErrorCodes.PurposeNotAccepted, (await world.Opener.OpenAsync(world.Validated(evidence))).Refusal!.Error.Code);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("patient/Nonsense.read")]
    [InlineData("patient/Observation.read-only")]
    public async Task Open_ScopeThatCannotBeShown_IsRefused(string scope)
    {
        var world = await ProviderWorld.EnrolledAsync();
        var refusal = (await world.Opener.OpenAsync(world.Validated(await world.EvidenceAsync(), [ProviderWorld.Basic, scope]))).Refusal!;

        Assert.Equal(ProviderErrorCodes.ScopeNotAccepted, refusal.Error.Code);
        Assert.Equal(OAuthErrorNames.InvalidScope, refusal.WireError);
    }

    [Fact]
    public async Task Open_ResourceThatDoesNotKnowThePerson_IsRefused()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var refusal = (await world.Opener.OpenAsync(world.Validated(await world.EvidenceAsync(), resource: "https://other.example/fhir"))).Refusal!;

        Assert.Equal(ProviderErrorCodes.PatientNotKnownAtResource, refusal.Error.Code);
        Assert.Equal(OAuthErrorNames.InvalidTarget, refusal.WireError);
    }

    [Fact]
    public async Task Open_NoDeviceEnrolled_IsRefusedWithoutBurningTheEvidence()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var evidence = await world.EvidenceAsync();

        Assert.Equal(ProviderErrorCodes.NoDevice, (await world.Opener.OpenAsync(world.Validated(evidence))).Refusal!.Error.Code);
        Assert.Null((await world.EnrolAsync()).Error);
        Assert.Null((await world.Opener.OpenAsync(world.Validated(evidence))).Refusal);
    }

    [Fact]
    public async Task Open_SuspendedAccount_IsRefused()
    {
        var world = await ProviderWorld.EnrolledAsync();
        await world.Store.SetAccountStatusAsync(world.Options.Tenant, ProviderWorld.PatientA, AccountStatus.Suspended, world.Time.GetUtcNow());

        Assert.Equal(ProviderErrorCodes.AccountSuspended, (await world.Opener.OpenAsync(world.Validated(await world.EvidenceAsync()))).Refusal!.Error.Code);
    }

    [Fact]
    public async Task Notify_AnnouncesTheOpaqueIdToTheAddressOfTheNewestDevice()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();

        await world.Opener.NotifyAsync(request);

        Assert.Equal([(ProviderWorld.PushAddress, request.Id)], world.Announced);
    }

    [Fact]
    public async Task Read_NoticeInJapanese_NamesReceiverDoctorPurposeAndEveryScope()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();
        var opened = (await world.Requests.ReadAsync(await world.ProveAsync(request.Id), request.Id)).Value!;
        var notice = JsonNode.Parse(opened.Notice)!;

        Assert.Equal("架空クリニックの電子カルテ", (string?)notice["recipient"]!["name"]);
        Assert.Equal("架空 𠮷野 医師", (string?)notice["practitioner"]!["name"]);
        Assert.Equal("診療のため", (string?)notice["purpose"]!["text"]);
        Assert.Equal([ProviderWorld.Basic, ProviderWorld.Medication], notice["categories"]!.AsArray().Select(one => (string?)one!["scope"]));
        Assert.All(notice["categories"]!.AsArray(), one => Assert.NotEqual((string?)one!["scope"], (string?)one["text"]));
        Assert.Equal("2026-11-21T09:15:00Z", (string?)notice["access_until"]);
        Assert.Equal("WXYZ-1234", (string?)notice["binding_message"]);
    }

    [Fact]
    public async Task Consent_AgreedWhole_ApprovesWithRecordAndGrantFromEvidence()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync(acrValues: ["urn:cibatest:auth:fido"]);

        Assert.Null((await world.ConsentAsync(request)).Error);

        var approved = (await world.Store.FindRequestAsync(world.Options.Tenant, request.Id))!;
        Assert.Equal(CibaStatus.Approved, approved.Status);
        var grant = approved.Grant!;
        Assert.Equal(["openid", ProviderWorld.Basic, ProviderWorld.Medication], grant.Scopes);
        Assert.Equal("urn:cibatest:auth:fido", grant.Acr);
        Assert.Equal("synthetic-patient", grant.Patient);
        Assert.False(grant.AllowsRefresh);
        var consent = (await world.Store.FindConsentAsync(world.Options.Tenant, grant.ConsentId!))!;
        Assert.Equal(ConsentDigest.Compute(consent.Notice.Notice, consent.Notice.Choice), consent.Notice.Digest);
        Assert.Contains(consent.Notice.Digest, consent.Act.SignedContent, StringComparison.Ordinal);
        Assert.Equal("nist-800-63-4/AAL3", consent.Act.Assurance.Replace("AAL2", "AAL3", StringComparison.Ordinal));
        Assert.NotEmpty(consent.Act.Assertion);
    }

    [Fact]
    public async Task Consent_Narrowed_GrantsThePartOnly()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();

        Assert.Null((await world.ConsentAsync(request, [ProviderWorld.Medication])).Error);

        var grant = (await world.Store.FindRequestAsync(world.Options.Tenant, request.Id))!.Grant!;
        Assert.Equal(["openid", ProviderWorld.Medication], grant.Scopes);
        var consent = (await world.Store.FindConsentAsync(world.Options.Tenant, grant.ConsentId!))!;
        Assert.Equal([ProviderWorld.Basic, ProviderWorld.Medication], consent.ScopesShown);
        Assert.Equal([ProviderWorld.Medication], consent.ScopesGranted);
    }

    [Theory]
    [InlineData(UafFault.TamperedSignature, UafErrorCodes.SignatureInvalid)]
    [InlineData(UafFault.OtherChallenge, UafErrorCodes.ChallengeMismatch)]
    [InlineData(UafFault.OtherMode, UafErrorCodes.Mode)]
    [InlineData(UafFault.OtherTransaction, UafErrorCodes.TransactionMismatch)]
    [InlineData(UafFault.OtherFacet, UafErrorCodes.FacetUntrusted)]
    public async Task Consent_FaultyAct_ApprovesNothing(UafFault fault, string code)
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();

        Assert.Equal(code, (await world.ConsentAsync(request, fault: fault)).Error?.Code);
        Assert.Equal(CibaStatus.Pending, (await world.Store.FindRequestAsync(world.Options.Tenant, request.Id))!.Status);
        Assert.Empty(await world.Store.ListConsentsAsync(world.Options.Tenant, ProviderWorld.PatientA));
    }

    [Fact]
    public async Task Consent_ClassAboveTheEvidence_IsRefused()
    {
        var surrogate = SoftwareUafModel.Create(new() { Attestation = SoftwareUafAttestation.Surrogate });
        var world = await ProviderWorld.EnrolledAsync(model: surrogate);
        var request = await world.OpenRequestAsync(acrValues: ["urn:example:aal3"]);

        Assert.Equal(ProviderErrorCodes.AcrNotMet, (await world.ConsentAsync(request)).Error?.Code);
        Assert.Equal(CibaStatus.Pending, (await world.Store.FindRequestAsync(world.Options.Tenant, request.Id))!.Status);
    }

    [Fact]
    public async Task Consent_RequestExpiresMeanwhile_IsRefused()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync(expiry: TimeSpan.FromSeconds(30));
        var token = await world.ProveAsync(request.Id);
        world.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(ProviderErrorCodes.RequestExpired, (await world.Requests.ChooseAsync(token, request.Id, confirmed: true, [ProviderWorld.Basic])).Error?.Code);
        Assert.Equal(ProviderErrorCodes.RequestExpired, (await world.Acts.BeginOpenAsync(request.Id)).Error?.Code);
    }

    [Fact]
    public async Task Consent_TwoActsAtOnce_OneApproves()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();
        var token = await world.ProveAsync(request.Id);
        var first = (await world.Requests.ChooseAsync(token, request.Id, confirmed: true, [ProviderWorld.Basic])).Value!;
        var second = (await world.Requests.ChooseAsync(token, request.Id, confirmed: true, [ProviderWorld.Medication])).Value!;
        var answers = new[] { world.Phone.Authenticate(first.UafRequest, ProviderWorld.Facet), world.Phone.Authenticate(second.UafRequest, ProviderWorld.Facet) };

        var outcomes = new[] { await world.Acts.CompleteAsync(answers[0], null), await world.Acts.CompleteAsync(answers[1], null) };

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.Equal(ProviderErrorCodes.RequestNotPending, outcomes[1].Error?.Code);
    }

    [Fact]
    public async Task Consent_CounterMovedMeanwhile_IsRefused()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();
        var act = (await world.Acts.BeginOpenAsync(request.Id)).Value!;
        var answer = world.Phone.Authenticate(act.UafRequest, ProviderWorld.Facet);
        var device = (await world.Store.ListDevicesAsync(world.Options.Tenant, ProviderWorld.PatientA))[0];
        var raced = new DeviceActs(CounterMovingStore.Around(world.Store, device), world.Options, world.Time);

        Assert.Equal(ProviderErrorCodes.CounterMoved, (await raced.CompleteAsync(answer, null)).Error?.Code);
    }

    [Fact]
    public async Task Deny_Once_EndsTheRequest()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();
        var token = await world.ProveAsync(request.Id);

        Assert.True((await world.Requests.DenyAsync(token, request.Id)).Succeeded);
        Assert.Equal(ProviderErrorCodes.RequestNotPending, (await world.Requests.DenyAsync(token, request.Id)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.RequestNotPending, (await world.Acts.BeginOpenAsync(request.Id)).Error?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Read_WithoutTheDeviceToken_IsRefused(string? token)
    {
        var world = await ProviderWorld.EnrolledAsync();
        var request = await world.OpenRequestAsync();

        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, (await world.Requests.ReadAsync(token, request.Id)).Error?.Code);
    }

    [Fact]
    public async Task Read_TokenOfAnotherRequestOrPastItsEnd_IsRefused()
    {
        var world = await ProviderWorld.EnrolledAsync();
        var one = await world.OpenRequestAsync();
        var other = await world.OpenRequestAsync();
        var token = await world.ProveAsync(one.Id);

        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, (await world.Requests.ReadAsync(token, other.Id)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, (await world.History.ListAsync(token)).Error?.Code);
        world.Time.Advance(world.Options.DeviceTokenLifetime);
        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, (await world.Requests.ReadAsync(token, one.Id)).Error?.Code);
    }

    [Fact]
    public async Task Withdraw_OwnConsent_EndsItAtOnceAndTwiceIsFine()
    {
        var world = await ProviderWorld.WithAccountAsync();
        var handle = (await world.EnrolAsync()).Value!.Token!;
        var request = await world.OpenRequestAsync();
        Assert.Null((await world.ConsentAsync(request)).Error);
        var signIn = (await world.Acts.BeginSignInAsync(handle)).Value!;
        var token = (await world.Acts.CompleteAsync(world.Phone.Authenticate(signIn.UafRequest, ProviderWorld.Facet), null)).Value!.Token;
        var consent = Assert.Single((await world.History.ListAsync(token)).Value!).Consent;

        Assert.True(await world.Store.IsConsentActiveAsync(world.Options.Tenant, consent.Id, ProviderWorld.PatientA, world.Time.GetUtcNow()));
        Assert.True((await world.History.WithdrawAsync(token, consent.Id)).Succeeded);
        Assert.True((await world.History.WithdrawAsync(token, consent.Id)).Succeeded);

        Assert.False(await world.Store.IsConsentActiveAsync(world.Options.Tenant, consent.Id, ProviderWorld.PatientA, world.Time.GetUtcNow()));
        Assert.Equal(ProviderErrorCodes.ConsentUnknown, (await world.History.WithdrawAsync(token, "another")).Error?.Code);
        Assert.Equal(CibaStatus.Denied, (await world.Store.FindRequestAsync(world.Options.Tenant, request.Id))!.Status);
    }

    [Fact]
    public async Task Complete_NotUaf_IsRefusedWithoutAnException()
    {
        var world = await ProviderWorld.EnrolledAsync();

        Assert.Equal(UafErrorCodes.NotJson, (await world.Acts.CompleteAsync("nonsense", null)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ChoiceRefused, ConsentChoice.Make(["a"], confirmed: false, ["a"]).Error?.Code);
    }

    [Fact]
    public void Validate_NothingSet_NamesEverythingThatIsMissing()
    {
        var wrong = string.Join('\n', new ProviderOptions { Access = TimeSpan.FromDays(400) }.Validate());

        foreach (var name in (string[])["Issuer", "Facets", "Metadata", "Policy", "AcrTable", "PushAddressSchemes", "Access has to be"])
        {
            Assert.Contains(name, wrong, StringComparison.Ordinal);
        }
    }
}
