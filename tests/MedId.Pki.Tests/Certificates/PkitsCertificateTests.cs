using MedId.TestSupport;

namespace MedId.Pki.Tests.Certificates;

/// <summary>Every certificate of NIST's suite is of the profile.</summary>
public sealed class PkitsCertificateTests
{
    private static string Folder => TestVectors.RequireVectors("pkits/certs", "csrc.nist.gov (PKITS, public domain)");

    [Fact]
    public void Parse_EveryCertificateOfPkits_Succeeds() => Assert.All(Directory.GetFiles(Folder), file =>
    {
        var parsed = Certificate.Parse(File.ReadAllBytes(file));
        Assert.True(parsed.Succeeded, $"{Path.GetFileName(file)}: {parsed.Error}");
    });
}
