using System.Text.Json.Nodes;
using MedId.Hpki;
using MedId.Pki;
using MedId.Provider;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;
using HpkiUse = MedId.Hpki.HpkiUse;
using WorldUse = MedId.Testing.HpkiUse;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A doctor without a doctor OP: the evidence is signed by an HPKI card, over real HTTP up to introspection.</summary>
public class HpkiEvidenceTests
{
    private readonly HpkiWorld _hpki = HpkiWorld.Create("hpki at the roof", new() { Now = OpWorld.Start });

    [Fact]
    public async Task Walk_EvidenceByCard_IsShownAndComesOutAsActInTokenAndIntrospection()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { More = AddHpki });
        await using var _ = world;
        var evidence = await EvidenceAsync(world);

        var asked = (await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence)).Expect(200);
        var requestId = Assert.Single(world.Announced).Id;
        var deviceToken = Phone.Token(await phone.OpenAsync(requestId));
        var notice = (await phone.NoticeAsync(requestId, deviceToken)).Expect(200).Json["notice"]!;
        Assert.Equal("試験　一郎", (string?)notice["practitioner"]!["name"]);
        Assert.Equal("医師", (string?)notice["practitioner"]!["role"]);
        var chosen = (await phone.ChooseAsync(requestId, deviceToken, OpWorld.Medication, OpWorld.Basic)).Expect(200);
        Assert.Equal("""{"statusCode":1200}""", (await phone.SignAsync(chosen, notice)).Text);
        var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"])).Expect(200);

        var inToken = Jwt.Claims(tokens["access_token"])["act"]!;
        var atTheApi = (await world.IntrospectAsync(tokens["access_token"])).Expect(200).Json["act"]!;
        Assert.True(JsonNode.DeepEquals(inToken, atTheApi));
        Assert.Equal((string?)notice["practitioner"]!["subject"], (string?)inToken["sub"]);
        Assert.Equal("試験　一郎", (string?)inToken["extensions"]!["ihe_iua"]!["subject_name"]);
        Assert.Equal("Medical Doctor", (string?)inToken["extensions"]!["ihe_iua"]!["subject_role"]![0]!["code"]);

        // The same evidence once more.
        var again = await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence);
        Assert.Equal((400, ProviderErrorCodes.PractitionerEvidenceReplayed), (again.Status, again.Code));
    }

    [Fact]
    public async Task Authorize_CardRevoked_IsInvalidRequest()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync(new() { More = AddHpki });
        await using var __ = world;
        var evidence = await EvidenceAsync(world, revoked: true);

        var refused = await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence);

        Assert.Equal((400, "invalid_request", ProviderErrorCodes.PractitionerEvidenceUntrusted), (refused.Status, refused.Error, refused.Code));
        Assert.Empty(world.Announced);
    }

    [Fact]
    public async Task Authorize_NotConfigured_IsUntrusted()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var __ = world;
        var evidence = await EvidenceAsync(world);

        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceUntrusted, (await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence)).Code);
    }

    private static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    private void AddHpki(MedIdProviderBuilder builder) => builder.AddHpkiPractitioners(_ => new(
        () => new() { Anchors = [TrustAnchor.FromCertificate(Read(_hpki.Root.Certificate))], Use = HpkiUse.Authentication },
        RoleScopePolicy.Nothing.Allow(RoleIds.Physician, OpWorld.Basic, OpWorld.Medication),
        [.. _hpki.Intermediates.Select(Read)],
        (_, _) => ValueTask.FromResult(new PathEvidence { Crls = [.. _hpki.CreateCrls().Select(der => CertificateRevocationList.Parse(der).Value!)] }),
        new TestSupport.ManualTimeProvider(OpWorld.Start)));

    private async Task<string> EvidenceAsync(OpWorld world, bool revoked = false)
    {
        var card = SoftwareHpkiCard.Issue(_hpki);
        if (revoked)
        {
            _hpki.Authentication.Revoke(card.AuthenticationCertificate);
        }

        card.EnterAuthenticationPin("LAB12345");
        var statement = new HpkiPractitionerStatement
        {
            Audience = world.Issuer,
            ClientId = "ehr-clinic-a",
            Organization = "架空クリニック",
            OrganizationId = "synthetic-org",
            PurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason",
            PurposeCode = "TREAT",
            PurposeDisplay = "treatment",
        };
        return await HpkiPractitionerEvidenceSigner.SignAsync(card.OpenAuthenticationKey(), Read(card.AuthenticationCertificate), statement, OpWorld.Start);
    }
}
