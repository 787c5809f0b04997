using System.Buffers.Binary;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf.Tests;

/// <summary>TLV, element by element: what is taken, what is refused, sizes exact.</summary>
public sealed class AssertionReadingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("023E")]
    [InlineData("023E00")]
    [InlineData("023E0100")]
    [InlineData("023EFFFF")]
    public void Read_HeaderOrValueCutOff_IsRefused(string hex) =>
        Assert.Equal(UafErrorCodes.AssertionMalformed, SignAssertion.Read(Convert.FromHexString(hex), out _)?.Code);

    [Fact]
    public void Read_UnknownOuterElement_IsRefused() =>
        Assert.Equal(UafErrorCodes.AssertionMalformed, SignAssertion.Read(Tlv(0x0EFF), out _)?.Code);

    [Fact]
    public void Read_EmptyOuterElement_MissesItsContent()
    {
        Assert.Equal(UafErrorCodes.TagMissing, SignAssertion.Read(Tlv(UafTag.AuthenticationAssertion), out _)?.Code);
        Assert.Equal(UafErrorCodes.TagMissing, RegistrationAssertion.Read(Tlv(UafTag.RegistrationAssertion), out _)?.Code);
    }

    [Fact]
    public void Read_MinimalAuthentication_GivesItsValues()
    {
        Assert.Null(SignAssertion.Read(Authentication(), out var read));
        Assert.Equal(new Aaid(0xFFFF, 0x5A01), read.Aaid);
        Assert.Equal(new AssertionInfo(1, 2, FidoAlgorithm.EcdsaP256Sha256Raw, default), read.Info);
        Assert.Equal(0x04030201u, read.SignCounter);
        Assert.Equal(32, read.KeyId.Length);
    }

    [Fact]
    public void Read_SignedBytes_IncludeTheHeader()
    {
        Assert.Null(SignAssertion.Read(Authentication(), out var read));
        Assert.Equal(UafTag.SignedData, BinaryPrimitives.ReadUInt16LittleEndian(read.SignedBytes));
        Assert.Equal(read.SignedBytes.Length - 4, BinaryPrimitives.ReadUInt16LittleEndian(read.SignedBytes[2..]));
    }

    [Fact]
    public void Read_MembersInAnyOrder_AreTaken()
    {
        var backwards = Fields().Reverse().ToArray();
        Assert.Null(SignAssertion.Read(Authentication(backwards), out var read));
        Assert.Equal(0x04030201u, read.SignCounter);

        // The signature before the signed data too.
        Assert.Null(SignAssertion.Read(Tlv(UafTag.AuthenticationAssertion, [.. Tlv(UafTag.Signature, 1), .. Tlv(UafTag.SignedData, Join(backwards))]), out _));
    }

    [Theory]
    [InlineData(UafTag.Aaid, 8)]
    [InlineData(UafTag.Aaid, 10)]
    [InlineData(UafTag.Aaid, 0)]
    [InlineData(UafTag.AssertionInfo, 4)]
    [InlineData(UafTag.AssertionInfo, 6)]
    [InlineData(UafTag.AssertionInfo, 7)]
    [InlineData(UafTag.AssertionInfo, 0)]
    [InlineData(UafTag.FinalChallengeHash, 0)]
    [InlineData(UafTag.FinalChallengeHash, 65)]
    [InlineData(UafTag.TransactionContentHash, 65)]
    [InlineData(UafTag.Counters, 3)]
    [InlineData(UafTag.Counters, 8)]
    [InlineData(UafTag.Counters, 0)]
    public void Read_FieldOfWrongLength_IsRefused(ushort tag, int length) =>
        Assert.Equal(UafErrorCodes.FieldLength, SignAssertion.Read(Authentication(Fields(tag, new byte[length])), out _)?.Code);

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(0, false)]
    public void Read_Nonce_HasAtLeastEightBytes(int length, bool taken) =>
        Assert.Equal(taken ? null : UafErrorCodes.NonceLength, SignAssertion.Read(Authentication(Fields(UafTag.AuthenticatorNonce, new byte[length])), out _)?.Code);

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    [InlineData(0, false)]
    public void Read_KeyId_Has32To2048Bytes(int length, bool taken) =>
        Assert.Equal(taken ? null : UafErrorCodes.KeyIdLength, SignAssertion.Read(Authentication(Fields(UafTag.KeyId, new byte[length])), out _)?.Code);

    [Theory]
    [InlineData("FFFF#5A0G")]
    [InlineData("FFFF-5A01")]
    [InlineData("FFFF#5A0\u00e9")]
    public void Read_AaidOfOtherForm_IsRefused(string aaid) =>
        Assert.Equal(UafErrorCodes.FieldLength, SignAssertion.Read(Authentication(Fields(UafTag.Aaid, System.Text.Encoding.Latin1.GetBytes(aaid))), out _)?.Code);

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Read_WholeAssertion_HasAtMost4096Bytes(int length, bool taken)
    {
        var rest = Authentication().Length;
        var assertion = Authentication([.. Fields(), Tlv(0x0EFF, new byte[length - rest - 4])]);
        Assert.Equal(length, assertion.Length);
        Assert.Equal(taken ? null : UafErrorCodes.AssertionMalformed, SignAssertion.Read(assertion, out _)?.Code);
    }

    [Theory]
    [InlineData(UafTag.PublicKey)]
    [InlineData(UafTag.Signature)]
    [InlineData(UafTag.SignedData)]
    [InlineData(UafTag.RegistrationAssertion)]
    [InlineData(UafTag.ExtensionId)]
    public void Read_KnownElementInWrongPlace_IsRefused(ushort tag) =>
        Assert.Equal(UafErrorCodes.TagUnexpected, SignAssertion.Read(Authentication([.. Fields(), Tlv(tag, 1)]), out _)?.Code);

    [Fact]
    public void Read_ElementsOfAnotherLevel_DoNotStandInForMissingOnes()
    {
        var outer = Tlv(
            UafTag.AuthenticationAssertion,
            [.. Tlv(UafTag.SignedData, Join([.. Fields().Where(field => BinaryPrimitives.ReadUInt16LittleEndian(field) != UafTag.Counters)])), .. Tlv(UafTag.Counters, 9, 0, 0, 0), .. Tlv(UafTag.Signature, 1)]);
        Assert.Equal(UafErrorCodes.TagUnexpected, SignAssertion.Read(outer, out _)?.Code);
    }

    [Fact]
    public void Read_Extensions_KeepTheirIdAndWhetherTheyBind()
    {
        var extension = Join([Tlv(UafTag.ExtensionId, "fido.uaf.uvm"u8.ToArray()), Tlv(UafTag.ExtensionData, 1, 2)]);
        Assert.Null(SignAssertion.Read(Authentication([.. Fields(), Tlv(UafTag.Extension, extension)]), out var binding));
        Assert.Equal(("fido.uaf.uvm", true), (binding.SignedExtensions[0].Id, binding.SignedExtensions[0].FailIfUnknown));
        Assert.Null(SignAssertion.Read(Authentication([.. Fields(), Tlv(UafTag.ExtensionNonCritical, extension)]), out var loose));
        Assert.False(loose.SignedExtensions[0].FailIfUnknown);
        Assert.Equal(UafErrorCodes.TagDuplicate, SignAssertion.Read(Authentication([.. Fields(), Tlv(UafTag.Extension, extension), Tlv(UafTag.Extension, extension)]), out _)?.Code);
    }

    [Theory]
    [InlineData("142E0000", UafErrorCodes.TagMissing)]
    [InlineData("132E010061", UafErrorCodes.TagMissing)]
    [InlineData("132E0000142E0000", UafErrorCodes.FieldLength)]
    [InlineData("132E0100FF142E0000", UafErrorCodes.FieldLength)]
    [InlineData("132E010061132E010061142E0000", UafErrorCodes.TagDuplicate)]
    [InlineData("132E010061142E0000113E0000", UafErrorCodes.TagUnexpected)]
    [InlineData("132E010061142E0000FF2E0000", UafErrorCodes.TagUnknownCritical)]
    [InlineData("132E010061142E0100", UafErrorCodes.AssertionMalformed)]
    public void Read_ExtensionOfWrongForm_IsRefused(string hex, string code) =>
        Assert.Equal(code, SignAssertion.Read(Authentication([.. Fields(), Tlv(UafTag.Extension, Convert.FromHexString(hex))]), out _)?.Code);

    [Fact]
    public void Read_ExtensionIdOf33Characters_IsRefused()
    {
        byte[] Extension(int length) => Tlv(UafTag.Extension, Join([Tlv(UafTag.ExtensionId, [.. Enumerable.Repeat((byte)'a', length)]), Tlv(UafTag.ExtensionData)]));
        Assert.Null(SignAssertion.Read(Authentication([.. Fields(), Extension(32)]), out _));
        Assert.Equal(UafErrorCodes.FieldLength, SignAssertion.Read(Authentication([.. Fields(), Extension(33)]), out _)?.Code);
    }

    [Theory]
    [InlineData("", UafErrorCodes.TagMissing)]
    [InlineData("062E0100AA", UafErrorCodes.TagMissing)]
    [InlineData("052E0100AA", UafErrorCodes.TagMissing)]
    [InlineData("062E0000052E0100AA", UafErrorCodes.FieldLength)]
    [InlineData("062E0100AA052E0000", UafErrorCodes.FieldLength)]
    [InlineData("062E0100AA062E0100AA052E0100AA", UafErrorCodes.TagDuplicate)]
    [InlineData("062E0100AA052E0100AA092E0100AA", UafErrorCodes.TagUnexpected)]
    [InlineData("062E0100AA052E0100", UafErrorCodes.AssertionMalformed)]
    public void Read_AttestationOfWrongForm_IsRefused(string hex, string code) =>
        Assert.Equal(code, AttestationElement.Read(UafTag.BasicFull, Convert.FromHexString(hex), out _)?.Code);

    [Fact]
    public void Read_AttestationWithNineCertificates_IsRefused()
    {
        byte[] Full(int count) => Join([Tlv(UafTag.Signature, 1), .. Enumerable.Repeat(Tlv(UafTag.AttestationCertificate, 1), count)]);
        Assert.Null(AttestationElement.Read(UafTag.BasicFull, Full(8), out _));
        Assert.Equal(UafErrorCodes.FieldLength, AttestationElement.Read(UafTag.BasicFull, Full(9), out _)?.Code);
    }

    [Fact]
    public void Read_CertificateInSurrogateAttestation_IsRefused() =>
        Assert.Equal(UafErrorCodes.TagUnexpected, AttestationElement.Read(UafTag.BasicSurrogate, Convert.FromHexString("062E0100AA052E0100AA"), out _)?.Code);

    [Fact]
    public void Read_TwoAttestations_AreRefused()
    {
        var surrogate = Tlv(UafTag.BasicSurrogate, Tlv(UafTag.Signature, 1));
        var full = Tlv(UafTag.BasicFull, Join([Tlv(UafTag.Signature, 1), Tlv(UafTag.AttestationCertificate, 1)]));
        Assert.Equal(UafErrorCodes.TagDuplicate, RegistrationAssertion.Read(Tlv(UafTag.RegistrationAssertion, Join([surrogate, full])), out _)?.Code);
    }

    private static byte[][] Fields(ushort changed = 0, byte[]? value = null)
    {
        return
        [
            Field(UafTag.Aaid, "FFFF#5A01"u8.ToArray()),
            Field(UafTag.AssertionInfo, [1, 0, 2, 1, 0]),
            Field(UafTag.AuthenticatorNonce, new byte[8]),
            Field(UafTag.FinalChallengeHash, new byte[32]),
            Field(UafTag.TransactionContentHash, new byte[32]),
            Field(UafTag.KeyId, new byte[32]),
            Field(UafTag.Counters, [1, 2, 3, 4]),
        ];

        byte[] Field(ushort tag, byte[] valid) => Tlv(tag, tag == changed ? value! : valid);
    }

    private static byte[] Authentication(byte[][]? fields = null) =>
        Tlv(UafTag.AuthenticationAssertion, [.. Tlv(UafTag.SignedData, Join(fields ?? Fields())), .. Tlv(UafTag.Signature, 1)]);

    private static byte[] Join(byte[][] elements) => [.. elements.SelectMany(element => element)];

    private static byte[] Tlv(ushort tag, params byte[] value)
    {
        var element = new byte[4 + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(element, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(element.AsSpan(2), (ushort)value.Length);
        value.CopyTo(element, 4);
        return element;
    }
}
