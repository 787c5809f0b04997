using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests;

public sealed class OcspRequestTests
{
    private readonly RevocationWorld _world = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_Request_NamesTheCertificateByTheHash(bool bySha256)
    {
        var hash = bySha256 ? DigestAlgorithm.Sha256 : DigestAlgorithm.Sha1;
        var request = OcspRequest.Build(_world.Certificate, _world.Issuer, hash);
        var expected = TestOcspResponder.CertificateId(_world.Authority, _world.Target.SerialNumber, hash.Hash);

        Assert.Equal(hash.Oid, request.CertId.HashOid);
        Assert.True(request.RawData.Span.IndexOf(expected) > 0);
        Assert.Null(request.Nonce);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public void Parse_BuiltRequest_GivesItBack(int nonceLength)
    {
        var request = OcspRequest.Build(_world.Certificate, _world.Issuer, nonce: new byte[nonceLength]);
        var read = OcspRequest.Parse(request.RawData);

        Assert.Equal(request.CertId, read.Value?.CertId);
        Assert.Equal(nonceLength, read.Value?.Nonce?.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void Build_NonceOutOfItsLengths_IsRefused(int length) =>
        Assert.Throws<ArgumentException>(() => OcspRequest.Build(_world.Certificate, _world.Issuer, nonce: new byte[length]));

    [Fact]
    public void NewNonce_Has32OctetsAndDiffers()
    {
        Assert.Equal(32, OcspRequest.NewNonce().Length);
        Assert.NotEqual(OcspRequest.NewNonce().ToArray(), OcspRequest.NewNonce().ToArray());
    }

    [Fact]
    public void Parse_SomethingBehind_IsMalformed()
    {
        var request = OcspRequest.Build(_world.Certificate, _world.Issuer);
        Assert.Equal(PkiErrorCodes.OcspMalformed, OcspRequest.Parse(ReadOnlyMemory<byte>.Empty).Error?.Code);
        Assert.Equal(PkiErrorCodes.OcspMalformed, OcspRequest.Parse((byte[])[.. request.RawData.Span, 0]).Error?.Code);
    }
}
