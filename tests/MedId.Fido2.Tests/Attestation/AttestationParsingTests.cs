using System.Security.Cryptography;
using MedId.Cryptography;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

/// <summary>Authenticator data and attestation objects, octet by octet.</summary>
public sealed class AttestationParsingTests
{
    private static readonly byte[] Head = [.. SHA256.HashData("example.org"u8), 0x01, 0x01, 0x02, 0x03, 0x04];
    private static readonly byte[] Extensions = RawCbor.Map((RawCbor.Text("credProtect"), RawCbor.Int(2)));

    [Fact]
    public void Parse_Shortest_HasThirtySevenBytes()
    {
        var data = AuthenticatorData.Parse(Head).Value!;
        Assert.Equal((AuthenticatorDataFlags.UserPresent, 0x01020304U), (data.Flags, data.SignCount));
        Assert.Equal(SHA256.HashData("example.org"u8), data.RpIdHash.ToArray());
        Assert.Null(data.AttestedCredential);
        Assert.True(data.Extensions.IsEmpty);
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse(Head.AsMemory(0, 36)));
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse(default));
    }

    [Fact]
    public void Parse_CredentialAndExtensions_AreWhereTheFlagsSay()
    {
        var scene = new AttestationScene();
        byte[] withExtensions = [.. WithFlags(scene.AuthenticatorData, 0xC5), .. Extensions];
        var data = AuthenticatorData.Parse(withExtensions).Value!;
        Assert.Equal(Aaguid, data.AttestedCredential!.Aaguid);
        Assert.Equal(scene.CoseKey, data.AttestedCredential.PublicKey.ToArray());
        Assert.Equal(Extensions, data.Extensions.ToArray());

        Assert.Equal(Extensions, AuthenticatorData.Parse((byte[])[.. WithFlags(Head, 0x81), .. Extensions]).Value!.Extensions.ToArray());
        Assert.Equal([0xA0], AuthenticatorData.Parse((byte[])[.. WithFlags(Head, 0x81), 0xA0]).Value!.Extensions.ToArray());
    }

    [Theory]
    [InlineData(0x01)] // AT and ED not set
    [InlineData(0x41)] // ED not set
    public void Parse_BytesThatNoFlagAnnounces_AreRefused(byte flags)
    {
        byte[] data = flags == 0x01 ? [.. Head, 0] : [.. new AttestationScene().AuthenticatorData, .. Extensions];
        Refused(Fido2ErrorCodes.AuthenticatorDataTrailingBytes, AuthenticatorData.Parse(WithFlags(data, flags)));
        Refused(Fido2ErrorCodes.AuthenticatorDataTrailingBytes, AuthenticatorData.Parse((byte[])[.. WithFlags(Head, 0x81), .. Extensions, 0]));
    }

    [Fact]
    public void Parse_AnnouncedAndMissing_IsRefused()
    {
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse(WithFlags(Head, 0x41)));
        Refused(CryptographyErrorCodes.CborMalformed, AuthenticatorData.Parse(WithFlags(Head, 0x81)));
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse((byte[])[.. WithFlags(Head, 0x81), 0x80]));
        Refused(CryptographyErrorCodes.CborNotCanonical, AuthenticatorData.Parse((byte[])[.. WithFlags(Head, 0x81), 0xBF, 0xFF]));
    }

    [Fact]
    public void Parse_CredentialIdLength_IsBoundedByTheData()
    {
        var scene = new AttestationScene { CredentialId = [] };
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse(scene.AuthenticatorData));

        // That it may have 1023 bytes at most is step 25 of the registration.
        scene.CredentialId = new byte[1024];
        Assert.Equal(1024, AuthenticatorData.Parse(scene.AuthenticatorData).Value!.AttestedCredential!.CredentialId.Length);

        var data = new AttestationScene().AuthenticatorData;
        (data[53], data[54]) = (0xFF, 0xFF);
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse(data));
        Refused(Fido2ErrorCodes.AuthenticatorDataMalformed, AuthenticatorData.Parse(data.AsMemory(0, 54)));
    }

    [Fact]
    public void Parse_KeyThatIsNone_IsRefusedWithTheKeysCode()
    {
        var scene = new AttestationScene { Algorithm = -35 };
        Refused(CryptographyErrorCodes.KeyAlgorithmMismatch, AuthenticatorData.Parse(scene.AuthenticatorData));
        Refused(CryptographyErrorCodes.CborMalformed, AuthenticatorData.Parse(new AttestationScene().AuthenticatorData.AsMemory()[..^1]));
    }

    [Fact]
    public void Parse_Object_IsReadWhateverItsOrderAndLengths()
    {
        var scene = new AttestationScene();
        (byte[], byte[])[] entries = [(RawCbor.Text("fmt"), RawCbor.Text("none")), (RawCbor.Text("attStmt"), RawCbor.Map()), (RawCbor.Text("authData"), RawCbor.Bytes(scene.AuthenticatorData))];
        byte[] indefinite = [0xBF, .. entries.SelectMany(entry => entry.Item1.Concat(entry.Item2)), 0xFF];
        byte[] chunks = [0xA3, .. RawCbor.Text("fmt"), 0x7F, .. RawCbor.Text("no"), .. RawCbor.Text("ne"), 0xFF, .. RawCbor.Text("attStmt"), 0xBF, 0xFF,
            .. RawCbor.Text("authData"), 0x5F, .. RawCbor.Bytes(scene.AuthenticatorData[..50]), .. RawCbor.Bytes(scene.AuthenticatorData[50..]), 0xFF];

        byte[][] all = [scene.Encode("none", RawCbor.Map()), RawCbor.Map([entries[2], entries[1], entries[0]]), indefinite, chunks,
            RawCbor.Map([.. entries, (RawCbor.Text("epAtt"), RawCbor.Array())])];
        Assert.All(all, encoded =>
        {
            var parsed = AttestationObject.Parse(encoded);
            Assert.True(parsed.Succeeded, parsed.Error?.ToString());
            Assert.Equal("none", parsed.Value.Format);
            Assert.Equal(scene.AuthenticatorData, parsed.Value.AuthenticatorData.Bytes.ToArray());
            Accepted(AttestationVerifier.Verify(parsed.Value, scene.Hash, scene.Rules));
        });
    }

    [Fact]
    public void Parse_ObjectWithoutAMemberOrWithOneOfAnotherType_IsRefused()
    {
        var scene = new AttestationScene();
        (byte[] Key, byte[] Value)[] entries = [(RawCbor.Text("fmt"), RawCbor.Text("none")), (RawCbor.Text("attStmt"), RawCbor.Map()), (RawCbor.Text("authData"), RawCbor.Bytes(scene.AuthenticatorData))];
        for (var left = 0; left < entries.Length; left++)
        {
            Refused(Fido2ErrorCodes.AttestationObjectMalformed, AttestationObject.Parse(RawCbor.Map([.. entries.Where((_, index) => index != left)])));
        }

        Refused(Fido2ErrorCodes.AttestationObjectMalformed, AttestationObject.Parse(RawCbor.Map((entries[0].Key, RawCbor.Int(1)), entries[1], entries[2])));
        Refused(Fido2ErrorCodes.AttestationObjectMalformed, AttestationObject.Parse(RawCbor.Map(entries[0], entries[1], (entries[2].Key, RawCbor.Text("x")))));
        Refused(Fido2ErrorCodes.AttestationObjectMalformed, AttestationObject.Parse(RawCbor.Map([.. entries, (RawCbor.Int(1), RawCbor.Int(1))])));
        Refused(Fido2ErrorCodes.AttestationObjectMalformed, AttestationObject.Parse(RawCbor.Array()));
        Refused(Fido2ErrorCodes.AttestationObjectMalformed, AttestationObject.Parse(RawCbor.Map(entries[0], entries[1], (entries[2].Key, RawCbor.Bytes(Head)))));
        Refused(CryptographyErrorCodes.CborDuplicateKey, AttestationObject.Parse(RawCbor.Map([.. entries, entries[0]])));
        Refused(CryptographyErrorCodes.CborTrailingBytes, AttestationObject.Parse((byte[])[.. RawCbor.Map(entries), 0]));
        Refused(CryptographyErrorCodes.CborTagged, AttestationObject.Parse((byte[])[0xD9, 0xD9, 0xF7, .. RawCbor.Map(entries)]));
    }

    private static byte[] WithFlags(byte[] data, byte flags)
    {
        var copy = (byte[])data.Clone();
        copy[32] = flags;
        return copy;
    }
}
