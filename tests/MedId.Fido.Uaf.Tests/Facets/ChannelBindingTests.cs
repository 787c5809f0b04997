using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.Cryptography;

namespace MedId.Fido.Uaf.Tests;

public sealed class ChannelBindingTests
{
    private static readonly StepTrace Trace = new(null, "test");

    [Fact]
    public void Judge_EndPoint_IsTheHashOfTheCertificatesOwnAlgorithm()
    {
        foreach (var (hash, digest) in new (HashAlgorithmName, Func<byte[], byte[]>)[] { (HashAlgorithmName.SHA256, SHA256.HashData), (HashAlgorithmName.SHA384, SHA384.HashData), (HashAlgorithmName.SHA512, SHA512.HashData) })
        {
            var certificate = Certificate(hash);
            var expectation = ChannelBindingExpectation.ForServerCertificates([certificate], required: true);
            Assert.Null(expectation.Judge(new ChannelBinding { ServerEndPoint = StrictBase64Url.Encode(digest(certificate)) }, Trace));
            Assert.Equal(UafErrorCodes.ChannelBinding, expectation.Judge(new ChannelBinding { ServerEndPoint = StrictBase64Url.Encode(SHA256.HashData([])) }, Trace)?.Code);
        }
    }

    [Fact]
    public void Judge_OneOfSeveralFrontEnds_Holds()
    {
        byte[][] certificates = [Certificate(HashAlgorithmName.SHA256), Certificate(HashAlgorithmName.SHA256)];
        var expectation = ChannelBindingExpectation.ForServerCertificates([.. certificates.Select(certificate => (ReadOnlyMemory<byte>)certificate)]);
        Assert.Null(expectation.Judge(new ChannelBinding { TlsServerCertificate = StrictBase64Url.Encode(certificates[1]) }, Trace));
        Assert.Equal(
            UafErrorCodes.ChannelBinding,
            expectation.Judge(new ChannelBinding { TlsServerCertificate = StrictBase64Url.Encode(Certificate(HashAlgorithmName.SHA256)) }, Trace)?.Code);
    }

    [Fact]
    public void Judge_OneRightAndOneWrongMember_IsRefused()
    {
        var certificate = Certificate(HashAlgorithmName.SHA256);
        var binding = new ChannelBinding { TlsServerCertificate = StrictBase64Url.Encode(certificate), ServerEndPoint = StrictBase64Url.Encode(new byte[32]) };
        Assert.Equal(UafErrorCodes.ChannelBinding, ChannelBindingExpectation.ForServerCertificates([certificate]).Judge(binding, Trace)?.Code);
    }

    [Fact]
    public void Judge_NothingSaid_IsRefusedOnlyWhereRequired()
    {
        var certificate = Certificate(HashAlgorithmName.SHA256);
        Assert.Null(ChannelBindingExpectation.ForServerCertificates([certificate]).Judge(new ChannelBinding(), Trace));
        Assert.Equal(UafErrorCodes.ChannelBinding, ChannelBindingExpectation.ForServerCertificates([certificate], required: true).Judge(new ChannelBinding(), Trace)?.Code);
        Assert.Null(ChannelBindingExpectation.NotKnown.Judge(new ChannelBinding { ServerEndPoint = "x" }, Trace));
    }

    [Fact]
    public void ForServerCertificates_NoCertificate_Throws()
    {
        Assert.Throws<ArgumentException>(() => ChannelBindingExpectation.ForServerCertificates([]));
        Assert.Throws<ArgumentException>(() => ChannelBindingExpectation.ForServerCertificates([new byte[] { 1 }]));
    }

    [Fact]
    public void Judge_EndPointsGivenByTheTerminator_AreTheOnesThatHold()
    {
        ReadOnlyMemory<byte>[] endPoints = [SHA256.HashData([1]), SHA256.HashData([2])];
        var expectation = ChannelBindingExpectation.ForServer(endPoints, [], required: true);
        Assert.Null(expectation.Judge(new ChannelBinding { ServerEndPoint = StrictBase64Url.Encode(endPoints[1].Span) }, Trace));
        Assert.Equal(UafErrorCodes.ChannelBinding, expectation.Judge(new ChannelBinding { ServerEndPoint = StrictBase64Url.Encode(SHA256.HashData([3])) }, Trace)?.Code);

        // A certificate that nobody here knows satisfies no requirement.
        Assert.Equal(UafErrorCodes.ChannelBinding, expectation.Judge(new ChannelBinding { TlsServerCertificate = "AAAA" }, Trace)?.Code);
        Assert.Throws<ArgumentException>(() => ChannelBindingExpectation.ForServer([], []));
    }

    [Fact]
    public void Judge_TlsUniqueAndChannelId_MatchWhereBothSidesHaveThem()
    {
        var expectation = ChannelBindingExpectation.NotKnown with { TlsUnique = new byte[] { 1, 2, 3 }, ChannelIdPublicKey = "key" };
        Assert.Null(expectation.Judge(new ChannelBinding(), Trace));
        Assert.Null(expectation.Judge(new ChannelBinding { TlsUnique = "AQID", CidPublicKey = "key" }, Trace));
        Assert.Equal(UafErrorCodes.ChannelBinding, expectation.Judge(new ChannelBinding { TlsUnique = "AQIE" }, Trace)?.Code);
        Assert.Equal(UafErrorCodes.ChannelBinding, expectation.Judge(new ChannelBinding { CidPublicKey = "unused" }, Trace)?.Code);
    }

    private static byte[] Certificate(HashAlgorithmName hash)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=op.example", key, hash).CreateSelfSigned(Ceremony.Now, Ceremony.Now.AddDays(1));
        return certificate.RawData;
    }
}
