using System.Text;
using System.Text.Json.Nodes;

namespace MedId.Fido.Metadata.Tests;

public sealed class MetadataStatementTests
{
    // Synthetic: one model in the numbers of version 2 and in the names of version 3.
    private const string Version2 = """
        {
          "aaid": "ffff#5a01", "description": "LAB fingerprint", "authenticatorVersion": 256, "upv": [{"major": 1, "minor": 0}, {"major": 1, "minor": 1}],
          "assertionScheme": "UAFV1TLV", "authenticationAlgorithm": 1, "authenticationAlgorithms": [1, 2], "publicKeyAlgAndEncoding": 256, "attestationTypes": [15879, 15880],
          "userVerificationDetails": [[{"userVerification": 2, "baDesc": {"FAR": 0.00002, "maxTemplates": 5, "maxRetries": 5, "blockSlowdown": 30}}], [{"userVerification": 4}, {"userVerification": 16}]],
          "keyProtection": 6, "matcherProtection": 2, "attachmentHint": 1, "tcDisplay": 5, "tcDisplayContentType": "image/png",
          "tcDisplayPNGCharacteristics": [{"width": 320, "height": 480, "bitDepth": 16, "colorType": 2, "compression": 0, "filter": 0, "interlace": 0, "plte": [{"r": 1, "g": 2, "b": 3}]}],
          "isKeyRestricted": false, "isSecondFactorOnly": true, "attestationRootCertificates": ["AQID"], "cryptoStrength": 128, "operatingEnv": "TEE"
        }
        """;

    private const string Version3 = """
        {
          "aaid": "FFFF#5A01", "description": "LAB fingerprint", "authenticatorVersion": 256, "upv": [{"major": 1, "minor": 0}, {"major": 1, "minor": 1}],
          "schema": 3, "protocolFamily": "uaf", "authenticationAlgorithms": ["secp256r1_ecdsa_sha256_raw", "secp256r1_ecdsa_sha256_der"], "publicKeyAlgAndEncodings": ["ecc_x962_raw"],
          "attestationTypes": ["basic_full", "basic_surrogate"],
          "userVerificationDetails": [[{"userVerificationMethod": "fingerprint_internal", "baDesc": {"selfAttestedFAR": 0.00002, "maxTemplates": 5, "maxRetries": 5, "blockSlowdown": 30}}],
            [{"userVerificationMethod": "passcode_internal"}, {"userVerificationMethod": "faceprint_internal"}]],
          "keyProtection": ["hardware", "tee"], "matcherProtection": ["tee"], "attachmentHint": ["internal"], "tcDisplay": ["any", "tee"], "tcDisplayContentType": "image/png",
          "tcDisplayPNGCharacteristics": [{"width": 320, "height": 480, "bitDepth": 16, "colorType": 2, "compression": 0, "filter": 0, "interlace": 0, "plte": [{"r": 1, "g": 2, "b": 3}]}],
          "isKeyRestricted": false, "attestationRootCertificates": ["AQID"], "cryptoStrength": 128
        }
        """;

    [Theory]
    [InlineData(Version2)]
    [InlineData(Version3)]
    public void Parse_NumbersOrNames_GiveOneModel(string json)
    {
        var statement = MetadataStatement.Parse(json).Value!;

        Assert.Equal("FFFF#5A01", statement.Aaid);
        Assert.Null(statement.Aaguid);
        Assert.Equal(256UL, statement.AuthenticatorVersion);
        Assert.Equal([new(1, 0), new(1, 1)], statement.Versions);
        Assert.Equal([FidoAlgorithm.EcdsaP256Sha256Raw, FidoAlgorithm.EcdsaP256Sha256Der], statement.AuthenticationAlgorithms);
        Assert.Equal([FidoKeyFormat.EccX962Raw], statement.PublicKeyFormats);
        Assert.Equal([FidoAttestationType.BasicFull, FidoAttestationType.BasicSurrogate], statement.AttestationTypes);
        Assert.Equal(KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment, statement.KeyProtection);
        Assert.Equal(MatcherProtections.TrustedExecutionEnvironment, statement.MatcherProtection);
        Assert.Equal(AttachmentHints.Internal, statement.AttachmentHint);
        Assert.Equal(TransactionDisplays.Any | TransactionDisplays.TrustedExecutionEnvironment, statement.TransactionDisplay);
        Assert.Equal([UserVerificationMethods.Fingerprint], statement.UserVerification[0].Select(method => method.Method));
        Assert.Equal([UserVerificationMethods.Passcode, UserVerificationMethods.Faceprint], statement.UserVerification[1].Select(method => method.Method));
        Assert.Equal(new BiometricAccuracy(null, 0.00002, 5, 5, 30), statement.UserVerification[0][0].Biometric);
        Assert.Equal((320u, 480u, (1, 2, 3)), (statement.TransactionPictures[0].Width, statement.TransactionPictures[0].Height, statement.TransactionPictures[0].Palette[0]));
        Assert.Equal([1, 2, 3], statement.AttestationRootCertificates[0].ToArray());
        Assert.False(statement.IsKeyRestricted);
        Assert.True(statement.IsFreshUserVerificationRequired);
        Assert.Empty(statement.UnknownValues);
    }

    [Fact]
    public void Parse_WhatOnlyOneVersionHas_IsKept()
    {
        var (second, third) = (MetadataStatement.Parse(Version2).Value!, MetadataStatement.Parse(Version3).Value!);

        Assert.Equal(("UAFV1TLV", true, "TEE", null, null), (second.AssertionScheme, second.IsSecondFactorOnly, second.OperatingEnvironment, second.Schema, second.ProtocolFamily));
        Assert.Equal((null, false, null, 3, "uaf"), (third.AssertionScheme, third.IsSecondFactorOnly, third.OperatingEnvironment, third.Schema, third.ProtocolFamily));
    }

    [Fact]
    public void Parse_EveryNameOfTheRegistry_HasItsNumber()
    {
        foreach (var (member, names) in new[]
        {
            ("keyProtection", RegistryNames.KeyProtections), ("matcherProtection", RegistryNames.MatcherProtections),
            ("attachmentHint", RegistryNames.AttachmentHints), ("tcDisplay", RegistryNames.TransactionDisplays),
        })
        {
            foreach (var (name, number) in names)
            {
                var byName = Changed(statement => statement[member] = new JsonArray(name));
                var byNumber = Changed(statement => statement[member] = number);
                Assert.Equal(byNumber.Value! with { Members = default }, byName.Value! with { Members = default }, Same);
            }
        }
    }

    [Theory]
    [InlineData("keyProtection")]
    [InlineData("authenticationAlgorithms")]
    [InlineData("attestationTypes")]
    public void Parse_NameOfALaterEdition_IsKeptAndCountsForNothing(string member)
    {
        var statement = Changed(members => members[member] = new JsonArray("name_of_2030")).Value!;

        Assert.Equal([new(member, "name_of_2030")], statement.UnknownValues);
        Assert.Equal(
            0,
            member switch
            {
                "keyProtection" => (int)statement.KeyProtection,
                "authenticationAlgorithms" => statement.AuthenticationAlgorithms.Count,
                _ => statement.AttestationTypes.Count,
            });
    }

    [Fact]
    public void Parse_UnknownVerificationMethod_IsKeptAndVerifiesNobody()
    {
        var statement = Changed(members => members["userVerificationDetails"] = JsonNode.Parse("""[[{"userVerificationMethod": "gait_internal"}]]""")).Value!;
        Assert.Equal((default, "gait_internal"), (statement.UserVerification[0][0].Method, statement.UserVerification[0][0].UnknownName));
    }

    [Fact]
    public void Parse_NumberOfALaterEdition_IsKept() =>
        Assert.Equal([(FidoAlgorithm)0x4242], Changed(members => members["authenticationAlgorithms"] = new JsonArray(0x4242)).Value!.AuthenticationAlgorithms);

    [Fact]
    public void Parse_UnknownMember_StaysInMembers() =>
        Assert.Equal(7, Changed(members => members["authenticatorGetInfo"] = new JsonObject { ["maxMsgSize"] = 7 }).Value!.Members.GetProperty("authenticatorGetInfo").GetProperty("maxMsgSize").GetInt32());

    [Theory]
    [InlineData("aaid", "\"FFFF-5A01\"")]
    [InlineData("aaid", "\"FFFG#5A01\"")]
    [InlineData("aaguid", "\"0a0b0c0d0e0f10111213141516171819\"")]
    [InlineData("attestationCertificateKeyIdentifiers", "[\"0102\"]")]
    [InlineData("description", "7")]
    [InlineData("authenticatorVersion", "-1")]
    [InlineData("upv", "[{\"major\": 1}]")]
    [InlineData("upv", "{}")]
    [InlineData("authenticationAlgorithms", "[true]")]
    [InlineData("keyProtection", "65536")]
    [InlineData("keyProtection", "\"hardware\"")]
    [InlineData("attestationTypes", "[null]")]
    [InlineData("userVerificationDetails", "[{}]")]
    [InlineData("userVerificationDetails", "[[{}]]")]
    [InlineData("userVerificationDetails", "[[{\"userVerification\": 1, \"caDesc\": {\"base\": 10}}]]")]
    [InlineData("userVerificationDetails", "[[{\"userVerification\": 2, \"baDesc\": {\"selfAttestedFAR\": 2}}]]")]
    [InlineData("attestationRootCertificates", "[\"\"]")]
    [InlineData("attestationRootCertificates", "[\"_-_-\"]")]
    [InlineData("alternativeDescriptions", "[\"ja-JP\"]")]
    [InlineData("isKeyRestricted", "\"true\"")]
    [InlineData("tcDisplayPNGCharacteristics", "[{\"width\": 1}]")]
    [InlineData("icon", "null")]
    public void Parse_MemberOutOfForm_IsRefused(string member, string value) =>
        Assert.Equal(MetadataErrorCodes.StatementMalformed, Changed(members => members[member] = JsonNode.Parse(value)).Error?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"description\": \"names no model\"}")]
    [InlineData("{\"aaid\": \"FFFF#5A01\", \"aaid\": \"FFFF#5A02\"}")]
    [InlineData("\uFEFF{\"aaid\": \"FFFF#5A01\"}")]
    public void Parse_NoStatement_IsRefused(string json) => Assert.Equal(MetadataErrorCodes.StatementMalformed, MetadataStatement.Parse(json).Error?.Code);

    [Fact]
    public void Parse_TooLarge_IsRefusedBeforeItIsRead()
    {
        Assert.Equal(MetadataErrorCodes.StatementMalformed, MetadataStatement.Parse(new string(' ', (1024 * 1024) + 1)).Error?.Code);
        Assert.Equal(MetadataErrorCodes.StatementMalformed, MetadataStatement.Parse(new byte[(1024 * 1024) + 1]).Error?.Code);
        Assert.True(MetadataStatement.Parse(Version3 + new string(' ', (1024 * 1024) - Encoding.UTF8.GetByteCount(Version3))).Succeeded);
    }

    [Fact]
    public void Parse_LineBreaksInCertificates_AreAccepted() =>
        Assert.Equal([1, 2, 3], Changed(members => members["attestationRootCertificates"] = new JsonArray("AQ\r\nID")).Value!.AttestationRootCertificates[0].ToArray());

    [Fact]
    public void ReadAnchors_BytesThatAreNoCertificate_AreLeftOut()
    {
        var root = new MetadataWorld().Service.NewRoot.Certificate;
        var statement = MetadataStatement.Parse(Version3).Value! with { AttestationRootCertificates = [new byte[] { 1, 2, 3 }, root.Der] };
        Assert.Equal(root.Sha256, Assert.Single(statement.ReadAnchors()).Certificate?.Sha256);
    }

    private static Core.MedIdResult<MetadataStatement> Changed(Action<JsonObject> change)
    {
        var members = JsonNode.Parse(Version3)!.AsObject();
        change(members);
        return MetadataStatement.Parse(members.ToJsonString());
    }

    private static bool Same(MetadataStatement first, MetadataStatement second) =>
        (first.KeyProtection, first.MatcherProtection, first.AttachmentHint, first.TransactionDisplay) == (second.KeyProtection, second.MatcherProtection, second.AttachmentHint, second.TransactionDisplay);
}
