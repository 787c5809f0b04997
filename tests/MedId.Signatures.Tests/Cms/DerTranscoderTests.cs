using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Signatures.Tests;

/// <summary>What is DER, and how BER becomes it.</summary>
public sealed class DerTranscoderTests
{
    [Theory]
    [InlineData("0500", "0500")]
    [InlineData("308005000000", "30020500")]
    [InlineData("3081020500", "30020500")]
    [InlineData("010101", "0101FF")]
    [InlineData("3106020102020101", "3106020101020102")]
    [InlineData("2480040101040102 0000", "04020102")]
    [InlineData("2C80 040161 040162 0000", "0C026162")]
    [InlineData("0305 07FFFFFFFF", "0305 07FFFFFF80")]
    [InlineData("8081020102", "80020102")]
    [InlineData("A0800201010000", "A003020101")]
    [InlineData("170D3236303430313030303030305A", "170D3236303430313030303030305A")]
    public void TryTranscode_Ber_IsDer(string ber, string der)
    {
        Assert.True(DerTranscoder.TryTranscode(Bytes(ber), out var written));
        Assert.Equal(Bytes(der), written);
        Assert.Equal(ber == der, Asn.IsDer(Bytes(ber)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3002")]
    [InlineData("05000500")]
    [InlineData("02020001")]
    [InlineData("308005")]
    [InlineData("2203020101")]
    [InlineData("2603060101")]
    [InlineData("2803020101")]
    [InlineData("1000")]
    [InlineData("1100")]
    [InlineData("30020000")]
    [InlineData("3404040141")]
    [InlineData("2103010100")]
    [InlineData("2C030401FF")]
    [InlineData("3F1F00")]
    public void TryTranscode_NotBerOrWithoutADerForm_IsFalse(string bytes) => Assert.False(DerTranscoder.TryTranscode(Bytes(bytes), out _));

    [Fact]
    public void TryTranscode_NestedTooDeeply_IsFalse()
    {
        var nested = TestDer.Null;
        for (var depth = 0; depth < 10_000; depth++)
        {
            nested = TestDer.Sequence(nested);
        }

        Assert.False(DerTranscoder.TryTranscode(nested, out _));
    }

    [Fact]
    public void TryTranscode_Mutant_NeverThrowsAndIsDoneOnce()
    {
        var original = TestCms.By(SignatureScene.Signer).Write();
        byte[][] pieces = [.. Enumerable.Range(0, 256).Select(tag => new byte[] { 0x30, 0x05, (byte)tag, 0x03, 0x02, 0x01, 0x05 })];

        var mutants = new TlvMutator(20260405).Mutate(original, 3000).Concat(new SeededMutator(20260405).Mutate(original, 3000)).Concat(pieces.SelectMany(p => new SeededMutator(p[2]).Mutate(p, 40)));
        foreach (var mutant in mutants)
        {
            if (DerTranscoder.TryTranscode(mutant.Bytes, out var der))
            {
                Assert.True(Asn.IsDer(der), mutant.How);
            }
        }
    }

    [Fact]
    public void IsDer_Certificate_IsTrue()
    {
        Assert.True(Asn.IsDer(SignatureScene.Signer.Der));
        Assert.True(Asn.IsDer(SignatureScene.Crl));
        Assert.True(Asn.IsDer(new TestTst(SignatureScene.Tsa).Write([1])));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
