using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.TestSupport;

namespace MedId.OAuth.Tests.Proofs;

public sealed class ForwardedCertificateRuleTests
{
    private static readonly IPAddress Proxy = IPAddress.Parse("10.1.2.3");
    private static readonly byte[] Der = Make();

    [Theory]
    [InlineData(CertificateHeaderFormat.ByteSequence)]
    [InlineData(CertificateHeaderFormat.EscapedPem)]
    [InlineData(CertificateHeaderFormat.Base64Der)]
    public void Read_HeaderOfTheProxy_GivesTheCertificate(CertificateHeaderFormat format)
    {
        Assert.Null(Rule(format).Read(Proxy, [Write(format)], out var der));
        Assert.Equal(Der, der);
    }

    [Fact]
    public void Read_ProxyInMappedAddress_IsTheSameProxy()
    {
        Assert.Null(Rule(CertificateHeaderFormat.ByteSequence).Read(Proxy.MapToIPv6(), [Write(CertificateHeaderFormat.ByteSequence)], out var der));
        Assert.NotNull(der);
    }

    [Theory]
    [InlineData("10.1.3.3")]
    [InlineData("::1")]
    [InlineData(null)]
    public void Read_HeaderOfAnybodyElse_IsRefused(string? peer)
    {
        var error = Rule(CertificateHeaderFormat.ByteSequence).Read(peer is null ? null : IPAddress.Parse(peer), [Write(CertificateHeaderFormat.ByteSequence)], out var der);
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateUntrusted, error?.Code);
        Assert.Null(der);
    }

    [Fact]
    public void Read_NoHeader_IsNoCertificateFromAnybody()
    {
        Assert.Null(Rule(CertificateHeaderFormat.ByteSequence).Read(IPAddress.Loopback, [], out var der));
        Assert.Null(der);
        Assert.Null(Rule(CertificateHeaderFormat.EscapedPem).Read(Proxy, [""], out der));
        Assert.Null(der);
    }

    [Fact]
    public void Read_WhatIsNoCertificate_IsRefused()
    {
        var sequence = Write(CertificateHeaderFormat.ByteSequence);
        var pem = Write(CertificateHeaderFormat.EscapedPem);
        foreach (var value in new[]
        {
            sequence[1..], sequence[..^1], ":", "::", ":AAAA:", sequence.Replace("M", " M", StringComparison.Ordinal), sequence + ", " + sequence,
            Convert.ToBase64String(Der), ":" + Convert.ToBase64String([.. Der, 0]) + ":", ":" + new string('A', ForwardedCertificateRule.MaxLength) + ":",
        })
        {
            Assert.Equal(OAuthErrorCodes.ForwardedCertificateMalformed, Rule(CertificateHeaderFormat.ByteSequence).Read(Proxy, [value], out _)?.Code);
        }

        foreach (var value in new[] { pem + pem, "x" + pem, pem.Replace("CERTIFICATE", "PUBLIC%20KEY", StringComparison.Ordinal), Convert.ToBase64String(Der) })
        {
            Assert.Equal(OAuthErrorCodes.ForwardedCertificateMalformed, Rule(CertificateHeaderFormat.EscapedPem).Read(Proxy, [value], out _)?.Code);
        }
    }

    [Fact]
    public void Read_TwoHeaders_IsRefused()
    {
        var value = Write(CertificateHeaderFormat.ByteSequence);
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateMalformed, Rule(CertificateHeaderFormat.ByteSequence).Read(Proxy, [value, value], out _)?.Code);
    }

    [Theory]
    [InlineData(CertificateHeaderFormat.ByteSequence)]
    [InlineData(CertificateHeaderFormat.EscapedPem)]
    [InlineData(CertificateHeaderFormat.Base64Der)]
    public void Read_Mutants_NeverThrowAndNeverBecomeLongerThanTheyAre(CertificateHeaderFormat format)
    {
        var rule = Rule(format);
        foreach (var mutant in new SeededMutator(9440).Mutate(Write(format), 4000))
        {
            var error = rule.Read(Proxy, [mutant.Text], out var der);
            Assert.Equal(error is null && mutant.Text.Length > 0, der is not null);
            Assert.True(der is null || der[0] == 0x30, mutant.How);
        }
    }

    [Fact]
    public void Constructor_NoProxy_IsMisuse() => Assert.Throws<ArgumentException>(() => new ForwardedCertificateRule([]));

    private static ForwardedCertificateRule Rule(CertificateHeaderFormat format) => new([IPNetwork.Parse("10.1.2.0/24")], "X-Client", format);

    private static string Write(CertificateHeaderFormat format) => format switch
    {
        CertificateHeaderFormat.ByteSequence => ":" + Convert.ToBase64String(Der) + ":",
        CertificateHeaderFormat.EscapedPem => Uri.EscapeDataString(PemEncoding.WriteString("CERTIFICATE", Der)),
        _ => Convert.ToBase64String(Der),
    };

    private static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=synthetic client", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.RawData;
    }
}
