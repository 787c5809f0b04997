using System.Text.Json.Nodes;
using MedId.Fido.Metadata;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafMetadataStatementTests
{
    private const string Version3 = """
        {
          "legalHeader": "made up for tests", "aaid": "FFFF#5A01", "description": "made up", "authenticatorVersion": 2, "protocolFamily": "uaf", "schema": 3,
          "upv": [{"major": 1, "minor": 1}], "authenticationAlgorithms": ["secp256r1_ecdsa_sha256_raw", "of_a_later_edition"],
          "publicKeyAlgAndEncodings": ["ecc_x962_raw"], "attestationTypes": ["basic_full", "anonca"],
          "userVerificationDetails": [[{"userVerificationMethod": "fingerprint_internal"}], [{"userVerificationMethod": "passcode_internal"}, {"userVerificationMethod": "faceprint_internal"}]],
          "keyProtection": ["hardware", "tee"], "matcherProtection": ["tee"], "attachmentHint": ["internal"], "tcDisplay": ["any", "tee"], "tcDisplayContentType": "text/plain",
          "attestationRootCertificates": ["AQID"], "isKeyRestricted": false
        }
        """;

    [Fact]
    public void Parse_Version3_ReadsShortNames()
    {
        var statement = Ceremony.Accepted(UafMetadataStatement.Parse(Version3));
        Assert.Equal(Aaid.Parse("FFFF#5A01"), statement.Aaid);
        Assert.Equal(2, statement.AuthenticatorVersion);
        Assert.Equal([FidoAlgorithm.EcdsaP256Sha256Raw], statement.AuthenticationAlgorithms);
        Assert.Equal([FidoKeyFormat.EccX962Raw], statement.PublicKeyFormats);
        Assert.Equal([UafAttestationType.BasicFull], statement.AttestationTypes);
        Assert.Equal(
            [UserVerificationMethods.Fingerprint, UserVerificationMethods.All | UserVerificationMethods.Passcode | UserVerificationMethods.Faceprint],
            statement.UserVerification);
        Assert.Equal(KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment, statement.KeyProtection);
        Assert.Equal(TransactionDisplays.Any | TransactionDisplays.TrustedExecutionEnvironment, statement.TransactionDisplay);
        Assert.Equal([1, 2, 3], statement.AttestationRootCertificates[0].ToArray());
        Assert.False(statement.IsKeyRestricted);
        Assert.True(statement.IsFreshUserVerificationRequired);
        Assert.Equal("UAFV1TLV", statement.AssertionScheme);
    }

    [Fact]
    public void Parse_Version2_ReadsNumbers()
    {
        var statement = Ceremony.Accepted(UafMetadataStatement.Parse(SoftwareUafModel.Create(new SoftwareUafModelOptions { KeyIdBytes = 64 }).MetadataStatement));
        Assert.Equal([FidoAlgorithm.EcdsaP256Sha256Raw], statement.AuthenticationAlgorithms);
        Assert.Equal([UserVerificationMethods.Fingerprint, UserVerificationMethods.Passcode], statement.UserVerification);
        Assert.Equal(AttachmentHints.Internal, statement.AttachmentHint);
        Assert.True(statement is { IsKeyRestricted: true, IsSecondFactorOnly: true, UsesKeyHandles: true });
    }

    [Theory]
    [InlineData("aaid", "\"FFFF5A01\"")]
    [InlineData("aaid", null)]
    [InlineData("protocolFamily", "\"fido2\"")]
    [InlineData("authenticatorVersion", "\"2\"")]
    [InlineData("authenticatorVersion", null)]
    [InlineData("authenticationAlgorithms", "[\"of_a_later_edition\"]")]
    [InlineData("authenticationAlgorithms", "[true]")]
    [InlineData("publicKeyAlgAndEncodings", null)]
    [InlineData("attestationTypes", "[\"anonca\"]")]
    [InlineData("userVerificationDetails", "[]")]
    [InlineData("userVerificationDetails", "[[]]")]
    [InlineData("userVerificationDetails", "[[{\"userVerificationMethod\":\"smell_internal\"}]]")]
    [InlineData("keyProtection", "\"hardware\"")]
    [InlineData("attestationRootCertificates", "[\"?\"]")]
    [InlineData("attestationRootCertificates", "[\"\"]")]
    [InlineData("isKeyRestricted", "\"false\"")]
    public void Parse_MemberOfWrongForm_IsRefused(string member, string? value)
    {
        var json = JsonNode.Parse(Version3)!.AsObject();
        json.Remove(member);
        if (value is not null)
        {
            json[member] = JsonNode.Parse(value);
        }

        Ceremony.Refused(UafErrorCodes.MetadataMalformed, UafMetadataStatement.Parse(json.ToJsonString()));
    }

    [Fact]
    public void Parse_NoJson_IsRefused() => Ceremony.Refused(UafErrorCodes.NotJson, UafMetadataStatement.Parse("eyJ"));

    [Fact]
    public void Set_TwoStatementsOfOneModel_Throws()
    {
        var statement = UafMetadataStatement.Parse(Version3).Value!;
        Assert.Throws<ArgumentException>(() => new UafMetadataSet([statement, statement with { Description = "again" }]));
    }

    [Fact]
    public void FromEntries_RevokedOrCompromised_IsRefused()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.IssuedOverAuthorities });
        var registration = ceremony.Registered();
        MedId.Core.MedIdResult<UafRegistration> RegisterAnother() => new Ceremony(ceremony.Model) { Metadata = ceremony.Metadata }.Register();
        UafMetadataSet Set(params Metadata.StatusReport[] reports) =>
            UafMetadataSet.FromEntries([Metadata.MetadataEntry.ForStatement(Metadata.MetadataStatement.Parse(ceremony.Model.MetadataStatement).Value!, reports)]);

        ceremony.Metadata = Set();
        Ceremony.Accepted(ceremony.Authenticate(registration));
        foreach (var status in Metadata.MetadataStatusPolicy.Default.Refused)
        {
            ceremony.Metadata = Set(Report(status));
            var refused = ceremony.Authenticate(registration);
            Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, refused);
            Assert.Equal(UafStatusCodes.RevokedAuthenticator, UafStatusCodes.FromError(refused.Error!));
            Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, RegisterAnother());

            // Not yet in force.
            ceremony.Metadata = Set(Report(status) with { EffectiveDate = new DateOnly(2026, 11, 22) });
            Ceremony.Accepted(ceremony.Authenticate(registration));
        }

        // About one attestation certificate: this one, and another.
        ceremony.Metadata = Set(Report(Metadata.AuthenticatorStatus.AttestationKeyCompromise) with { Certificate = registration.AttestationCertificate });
        Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, RegisterAnother());
        Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, ceremony.Authenticate(registration));
        var other = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.IssuedOverAuthorities }).Registered();
        ceremony.Metadata = Set(Report(Metadata.AuthenticatorStatus.AttestationKeyCompromise) with { Certificate = other.AttestationCertificate });
        Ceremony.Accepted(RegisterAnother());

        // An update on offer is said, and refuses nothing.
        ceremony.Metadata = Set(Report(Metadata.AuthenticatorStatus.UpdateAvailable) with { AuthenticatorVersion = 2 });
        Assert.Equal(UafRisks.UpdateAvailable, Ceremony.Accepted(ceremony.Authenticate(registration)).Risks);
    }

    [Fact]
    public void FromMetadata_EntryOfAnotherFamily_IsLeftOut()
    {
        var entry = new Metadata.MetadataEntry { Aaguid = Guid.NewGuid() };
        Ceremony.Refused(UafErrorCodes.MetadataMalformed, UafMetadataStatement.FromMetadata(entry));
        Assert.Empty(UafMetadataSet.FromEntries([entry]).Statements);
    }

    private static Metadata.StatusReport Report(Metadata.AuthenticatorStatus status) => new() { Status = status, StatusText = status.ToString() };
}
