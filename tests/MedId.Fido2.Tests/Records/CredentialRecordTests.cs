using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

public sealed class CredentialRecordTests
{
    private static CredentialRecord Full => new()
    {
        Id = new byte[] { 1, 2, 3 },
        PublicKey = new byte[] { 4, 5 },
        Algorithm = -257,
        SignCount = uint.MaxValue,
        UvInitialized = true,
        Transports = ["usb", "nfc"],
        BackupEligible = true,
        BackupState = true,
        UserHandle = new byte[] { 6 },
        RpId = "clinic.example",
        Aaguid = new Guid("4d656449-6453-646b-2d4c-41422d746573"),
        AttestationFormat = "packed",
        AttestationType = AttestationType.Basic,
        TrustAnchor = "AAAA",
        AttestationObject = new byte[] { 7 },
        AttestationClientDataJson = new byte[] { 8 },
        RegisteredAt = new DateTimeOffset(2026, 11, 1, 9, 0, 0, 123, TimeSpan.FromHours(9)),
    };

    [Fact]
    public void Parse_FullRecord_LosesNothing() => Same(Full);

    [Fact]
    public void Parse_LeastRecord_LosesNothing()
    {
        var least = new CredentialRecord { Id = new byte[] { 1 }, PublicKey = new byte[] { 2 }, Algorithm = -7, SignCount = 0 };
        var again = Same(least);
        Assert.Null(again.UserHandle);
        Assert.Null(again.BackupEligible);
        Assert.Null(again.AttestationObject);
        Assert.Null(again.AttestationType);
        Assert.Null(again.RegisteredAt);
    }

    [Theory]
    [InlineData(AttestationType.None)]
    [InlineData(AttestationType.Self)]
    [InlineData(AttestationType.Basic)]
    [InlineData(AttestationType.AttCa)]
    [InlineData(AttestationType.AnonCa)]
    public void Parse_EveryAttestationType_IsKept(AttestationType type) => Assert.Equal(type, Same(Full with { AttestationType = type }).AttestationType);

    [Theory]
    [InlineData("id", "\"\"")]
    [InlineData("publicKey", "null")]
    [InlineData("algorithm", "\"-7\"")]
    [InlineData("signCount", "4294967296")]
    [InlineData("signCount", "-1")]
    [InlineData("uvInitialized", "1")]
    [InlineData("userHandle", "\"\"")]
    [InlineData("aaguid", "\"x\"")]
    [InlineData("attestationType", "\"ecdaa\"")]
    [InlineData("registeredAt", "\"yesterday\"")]
    [InlineData("backupEligible", "false")]
    [InlineData("unknown", "1")]
    public void Parse_DamagedRecord_IsRefused(string member, string value)
    {
        var json = JsonNode.Parse(Full.ToJson())!.AsObject();
        json[member] = JsonNode.Parse(value);
        Refused.With(Fido2ErrorCodes.RecordMalformed, CredentialRecord.Parse(json.ToJsonString()));
    }

    [Fact]
    public void Parse_MutatedRecord_IsRefusedOrReadBackTheSame()
    {
        foreach (var mutant in new SeededMutator(13).Mutate(Full.ToJson(), 100_000))
        {
            if (CredentialRecord.Parse(mutant.Text) is { Succeeded: true } parsed)
            {
                Same(parsed.Value);
            }
        }
    }

    [Fact]
    public void ToString_Record_SaysNothingOfTheUser() => Assert.Equal("4d656449-6453-646b-2d4c-41422d746573 -257", Full.ToString());

    private static CredentialRecord Same(CredentialRecord record)
    {
        var again = CredentialRecord.Parse(record.ToJson());
        Assert.True(again.Succeeded, again.ToString());
        Assert.Equal(record.ToJson(), again.Value.ToJson());
        return again.Value;
    }
}
