using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.OAuth;
using MedId.Pki;
using MedId.Provider;
using MedId.Testing;
using HpkiUse = MedId.Hpki.HpkiUse;
using WorldUse = MedId.Testing.HpkiUse;

namespace MedId.Provider.Tests;

/// <summary>The doctor's own HPKI key as evidence (row A15), from the request to consent and grant.</summary>
public class HpkiPractitionerTests
{
    private readonly HpkiWorld _hpki = HpkiWorld.Create("hpki at the provider", new() { Now = ProviderWorld.Start });
    private RoleTable _roles = RoleTable.Default;
    private RoleScopePolicy _scopes = RoleScopePolicy.Nothing.Allow(RoleIds.Physician, ProviderWorld.Basic, ProviderWorld.Medication);
    private bool _allowTest;
    private bool _noCrl;
    private int _gathered;

    public static TheoryData<string, string> OneChange => new()
    {
        { "wrong audience", ProviderErrorCodes.PractitionerEvidenceForeign },
        { "other client", ProviderErrorCodes.PractitionerEvidenceForeign },
        { "expired", ProviderErrorCodes.PractitionerEvidenceExpired },
        { "revoked certificate", ProviderErrorCodes.PractitionerEvidenceUntrusted },
        { "revoked authority", ProviderErrorCodes.PractitionerEvidenceUntrusted },
        { "signature certificate", ProviderErrorCodes.PractitionerEvidenceUntrusted },
        { "foreign root", ProviderErrorCodes.PractitionerEvidenceUntrusted },
        { "policy level 0", ProviderErrorCodes.PractitionerEvidenceUntrusted },
        { "role not verified", ProviderErrorCodes.PractitionerNotEntitled },
        { "director", ProviderErrorCodes.PractitionerNotEntitled },
        { "no qualification", ProviderErrorCodes.PractitionerNotEntitled },
        { "pharmacist without scopes", ProviderErrorCodes.PractitionerNotEntitled },
        { "no CRL", ProviderErrorCodes.PractitionerEvidenceUndetermined },
        { "purpose without words", ProviderErrorCodes.PurposeNotAccepted },
        { "bidi institution", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "no institution", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "bidi name in the certificate", ProviderErrorCodes.PractitionerEvidenceIncomplete },
    };

    [Fact]
    public async Task Consent_EvidenceByCard_IsShownBoundAndGranted()
    {
        var world = await WorldAsync();
        var request = await world.OpenRequestAsync(acrValues: ["urn:cibatest:auth:fido"], evidence: await EvidenceAsync());

        // Shown to the patient.
        var notice = JsonNode.Parse((await world.Requests.ReadAsync(await world.ProveAsync(request.Id), request.Id)).Value!.Notice)!;
        Assert.Equal("試験　一郎", (string?)notice["practitioner"]!["name"]);
        Assert.Equal("医師", (string?)notice["practitioner"]!["role"]);
        Assert.Equal("架空クリニック", (string?)notice["practitioner"]!["organization"]);
        Assert.Contains("LabAuthCA2", (string?)notice["practitioner"]!["issuer"], StringComparison.Ordinal);

        Assert.Null((await world.ConsentAsync(request)).Error);

        // Bound into the consent, which is the audit record; carried as act.
        var approved = (await world.Store.FindRequestAsync(world.Options.Tenant, request.Id))!;
        Assert.Equal(CibaStatus.Approved, approved.Status);
        var consent = (await world.Store.FindConsentAsync(world.Options.Tenant, approved.Grant!.ConsentId!))!;
        Assert.StartsWith("urn:ietf:params:oauth:jwk-thumbprint:sha-256:", consent.Practitioner!.Subject, StringComparison.Ordinal);
        Assert.Equal((string?)notice["practitioner"]!["evidence"], consent.Practitioner!.EvidenceDigest);
        Assert.Equal(consent.Practitioner!.Subject, (string?)JsonNode.Parse(consent.Notice.Notice)!["practitioner"]!["subject"]);
        var actor = JsonNode.Parse(approved.Grant.Actor!)!;
        Assert.Equal(consent.Practitioner!.Subject, (string?)actor["sub"]);
        Assert.Equal("Medical Doctor", (string?)actor["extensions"]!["ihe_iua"]!["subject_role"]![0]!["code"]);
        Assert.Equal("urn:oid:1.2.392.100495.1.6.1.1", (string?)actor["extensions"]!["ihe_iua"]!["subject_role"]![0]!["system"]);
        Assert.Equal("1.2.392.100495.1.5.1.2.3.1", (string?)actor["extensions"]!["hpki"]!["policy"]);
    }

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Open_OneChange_IsRefusedWithItsCodeAndOpensNothing(string change, string code)
    {
        var holder = change switch
        {
            "role not verified" => HpkiHolder.Doctor with { Role = "Dentist" },
            "director" => HpkiHolder.Director,
            "no qualification" => HpkiHolder.WithoutRole,
            "pharmacist without scopes" => HpkiHolder.Pharmacist,
            "bidi name in the certificate" => HpkiHolder.Doctor with { KanjiName = "試験\u202E一郎" },
            _ => HpkiHolder.Doctor,
        };
        _noCrl = change == "no CRL";
        var card = Card(holder, change == "foreign root" ? HpkiFault.ForeignRoot : HpkiFault.None, isTest: change == "policy level 0");
        var world = await WorldAsync();
        var evidence = await EvidenceAsync(
            card,
            statement => change switch
            {
                "wrong audience" => statement with { Audience = "https://another-op.example" },
                "other client" => statement with { ClientId = "another-ehr" },
                "purpose without words" => statement with { PurposeCode = "HMARKT" },
                "bidi institution" => statement with { Organization = "a\u202Eb" },
                "no institution" => statement with { Organization = string.Empty },
                _ => statement,
            },
            useSigningKey: change == "signature certificate",
            at: change == "expired" ? ProviderWorld.Start.AddMinutes(-10) : null);
        if (change == "revoked certificate")
        {
            _hpki.Authentication.Revoke(card.AuthenticationCertificate);
        }
        else if (change == "revoked authority")
        {
            _hpki.Root.Revoke(_hpki.Authentication.Certificate);
        }

        var decision = await world.Opener.OpenAsync(world.Validated(evidence));

        Assert.Equal(code, decision.Refusal?.Error.Code);
        Assert.Null(decision.Context);
    }

    [Fact]
    public async Task Open_EvidenceUsedBefore_IsReplayed()
    {
        var world = await WorldAsync();
        var evidence = await EvidenceAsync();

        Assert.Null((await world.Opener.OpenAsync(world.Validated(evidence))).Refusal);
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceReplayed, (await world.Opener.OpenAsync(world.Validated(evidence))).Refusal!.Error.Code);
    }

    [Fact]
    public async Task Open_ScopeThatNoRoleHas_IsNotEntitled()
    {
        var world = await WorldAsync();
        var refusal = (await world.Opener.OpenAsync(world.Validated(await EvidenceAsync(), [ProviderWorld.Basic, "patient/Observation.read"]))).Refusal!;

        Assert.Equal(ProviderErrorCodes.PractitionerNotEntitled, refusal.Error.Code);
        Assert.Equal((OAuthErrorNames.AccessDenied, 403), (refusal.WireError, refusal.Status));
    }

    [Fact]
    public async Task Open_RoleConfirmedByTheOperator_IsAccepted()
    {
        _roles = RoleTable.Default.Confirm(RoleIds.Dentist, "a synthetic source");
        _scopes = RoleScopePolicy.Nothing.Allow(RoleIds.Dentist, scope => scope.StartsWith("patient/", StringComparison.Ordinal));
        var world = await WorldAsync();

        Assert.Null((await world.Opener.OpenAsync(world.Validated(await EvidenceAsync(Card(HpkiHolder.Doctor with { Role = "Dentist" }))))).Refusal);
    }

    [Fact]
    public async Task Open_TestCertificateAllowed_IsAccepted()
    {
        _allowTest = true;
        var world = await WorldAsync();

        Assert.Null((await world.Opener.OpenAsync(world.Validated(await EvidenceAsync(Card(isTest: true))))).Refusal);
    }

    [Fact]
    public async Task Open_CertificateOfAStranger_HasNothingFetched()
    {
        var world = await WorldAsync();

        Assert.NotNull((await world.Opener.OpenAsync(world.Validated(await EvidenceAsync(Card(fault: HpkiFault.ForeignRoot))))).Refusal);
        Assert.Equal(0, _gathered);
        Assert.Null((await world.Opener.OpenAsync(world.Validated(await EvidenceAsync()))).Refusal);
        Assert.Equal(1, _gathered);
    }

    [Fact]
    public async Task Open_NotConfigured_IsUntrusted()
    {
        var world = await ProviderWorld.EnrolledAsync();

        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceUntrusted, (await world.Opener.OpenAsync(world.Validated(await EvidenceAsync()))).Refusal!.Error.Code);
    }

    [Fact]
    public async Task Open_EvidenceOfADoctorOpBeside_IsAcceptedAsBefore()
    {
        var world = await WorldAsync();

        Assert.Null((await world.Opener.OpenAsync(world.Validated(await world.EvidenceAsync()))).Refusal);
    }

    [Fact]
    public async Task VerifyAsync_NoDoctorOp_TrustsNobody() => Assert.Equal(
        ProviderErrorCodes.PractitionerEvidenceUntrusted,
        (await PractitionerIssuers.None.VerifyAsync("https://doctors.example", _ => throw new InvalidOperationException("not called"))).Error?.Code);

    private static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    private Task<ProviderWorld> WorldAsync() => ProviderWorld.EnrolledAsync(hpki: time => new(
        () => new() { Anchors = [TrustAnchor.FromCertificate(Read(_hpki.Root.Certificate))], Use = HpkiUse.Authentication, Roles = _roles, AllowTestPolicy = _allowTest },
        _scopes,
        [.. _hpki.Intermediates.Select(Read)],
        (_, _) =>
        {
            _gathered++;
            return ValueTask.FromResult(new PathEvidence { Crls = _noCrl ? [] : [.. _hpki.CreateCrls().Select(der => CertificateRevocationList.Parse(der).Value!)] });
        },
        time));

    private SoftwareHpkiCard Card(HpkiHolder? holder = null, HpkiFault fault = HpkiFault.None, bool isTest = false) => new(
        _hpki.Issue(new() { Holder = holder ?? HpkiHolder.Doctor, Use = WorldUse.Signature }),
        _hpki.Issue(new() { Holder = holder ?? HpkiHolder.Doctor, Use = WorldUse.Authentication, Fault = fault, IsTest = isTest }));

    private ValueTask<string> EvidenceAsync(
        SoftwareHpkiCard? card = null, Func<HpkiPractitionerStatement, HpkiPractitionerStatement>? change = null, bool useSigningKey = false, DateTimeOffset? at = null)
    {
        card ??= Card();
        card.EnterAuthenticationPin("LAB12345");
        var statement = new HpkiPractitionerStatement
        {
            Audience = ProviderWorld.Issuer,
            ClientId = ProviderWorld.Ehr,
            Organization = "架空クリニック",
            OrganizationId = "synthetic-org",
            PurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason",
            PurposeCode = "TREAT",
            PurposeDisplay = "treatment",
        };
        return useSigningKey
            ? HpkiPractitionerEvidenceSigner.SignAsync(card.OpenSigningKey("LAB12345"), Read(card.SigningCertificate), change?.Invoke(statement) ?? statement, at ?? ProviderWorld.Start)
            : HpkiPractitionerEvidenceSigner.SignAsync(card.OpenAuthenticationKey(), Read(card.AuthenticationCertificate), change?.Invoke(statement) ?? statement, at ?? ProviderWorld.Start);
    }
}
