using MedId.TestSupport;

namespace MedId.Pki.Tests;

/// <summary>Every CRL of NIST PKITS is read, but the one whose signature ends within a byte (test 4.4.4).</summary>
public sealed class PkitsCrlTests
{
    private const string Published = "csrc.nist.gov (PKITS 1.0.1, public domain)";

    [Fact]
    public void Parse_EveryCrlOfPkits_IsRead()
    {
        var refused = new List<string>();
        foreach (var file in Directory.GetFiles(TestVectors.RequireVectors("pkits/crls", Published)))
        {
            var crl = CertificateRevocationList.Parse(File.ReadAllBytes(file));
            if (!crl.Succeeded)
            {
                refused.Add(Path.GetFileName(file) + " " + crl.Error.Code);
            }
        }

        Assert.Equal(["BadCRLSignatureCACRL.crl crl.malformed"], refused);
    }
}
