using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class SignatureBytesTests
{
    [Theory]
    [InlineData("3006020101020101", "0001", "0001")]
    [InlineData("300702020080020101", "0080", "0001")]
    [InlineData("300802020080020200FF", "0080", "00FF")]
    [InlineData("3006020100020100", "0000", "0000")]
    [InlineData("30080202123402024321", "1234", "4321")]
    [InlineData("300A020300FFFF02030080FF", "FFFF", "80FF")]
    public void TryReadDerSequence_MinimalIntegers_AreRead(string der, string r, string s)
    {
        var fields = new byte[4];

        Assert.True(SignatureBytes.TryReadDerSequence(Convert.FromHexString(der), fields));
        Assert.Equal(r + s, Convert.ToHexString(fields));
        Assert.Equal(der, Convert.ToHexString(SignatureBytes.WriteDerSequence(fields)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("30050201010201")]
    [InlineData("300602010102010100")] // after the sequence
    [InlineData("300702010102010100")] // inside it
    [InlineData("3106020101020101")] // SET
    [InlineData("3006030101020101")] // BIT STRING
    [InlineData("30060201800201FF")] // negative
    [InlineData("300702020001020101")] // leading zero
    [InlineData("3007020200000201 01")]
    [InlineData("30050200020101")] // empty integer
    [InlineData("30810602010102 0101")] // long form of a short length
    [InlineData("3082000602010102 0101")]
    [InlineData("30800201010201010000")] // indefinite length
    [InlineData("3003020101")]
    [InlineData("3009020101020101020101")]
    [InlineData("3008020301000002 0101")] // longer than the field
    [InlineData("30090204 00FFFFFF 020101")]
    [InlineData("3084000000060201010201 01")]
    public void TryReadDerSequence_AnythingElse_IsRefused(string der) =>
        Assert.False(SignatureBytes.TryReadDerSequence(Convert.FromHexString(der.Replace(" ", string.Empty, StringComparison.Ordinal)), new byte[4]));

    [Fact]
    public void TryReadDerSequence_LongFormOverP521_IsRead()
    {
        byte[] fields = [.. Enumerable.Repeat((byte)0x01, 1), .. Enumerable.Repeat((byte)0xFF, 65), .. Enumerable.Repeat((byte)0x01, 66)];
        var der = SignatureBytes.WriteDerSequence(fields);
        var read = new byte[132];

        Assert.Equal(0x81, der[1]);
        Assert.True(SignatureBytes.TryReadDerSequence(der, read));
        Assert.Equal(fields, read);
    }

    [Fact]
    public void TryReadDerSequence_AnyMutant_IsRefusedOrEncodesToItself()
    {
        var original = SignatureBytes.WriteDerSequence([.. Enumerable.Range(0x70, 64).Select(i => (byte)i)]);
        var fields = new byte[64];
        foreach (var mutant in new SeededMutator(690).Mutate(original, 20_000).Concat(SeededMutator.EveryBitFlip(original)))
        {
            if (SignatureBytes.TryReadDerSequence(mutant.Bytes, fields))
            {
                Assert.Equal(mutant.Bytes, SignatureBytes.WriteDerSequence(fields));
            }
        }
    }

    [Theory]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0x100)]
    public void TryReadOctetString_WholeString_IsRead(int length)
    {
        var content = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var der = SignatureBytes.WriteOctetString(content);

        Assert.True(SignatureBytes.TryReadOctetString(der, out var read));
        Assert.Equal(content, read.ToArray());
        Assert.False(SignatureBytes.TryReadOctetString([.. der, 0], out _));
        Assert.False(SignatureBytes.TryReadOctetString(der.AsSpan(..^1), out _));
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.P384)]
    [InlineData(KeyKind.P521)]
    [InlineData(KeyKind.Secp256k1)]
    public void IsScalar_Bounds_AreOneToOrderMinusOne(KeyKind kind)
    {
        var curve = EllipticCurve.Of(kind)!;
        var order = PublicKeyTests.Order(kind);
        var last = (byte[])order.Clone();
        last[^1]--;

        Assert.True(curve.IsScalar([.. new byte[curve.FieldLength - 1], 1]));
        Assert.True(curve.IsScalar(last));
        Assert.False(curve.IsScalar(order));
        Assert.False(curve.IsScalar(new byte[curve.FieldLength]));
        Assert.False(curve.IsScalar([1]));
        Assert.Equal(order.Length, curve.FieldLength);
    }
}
