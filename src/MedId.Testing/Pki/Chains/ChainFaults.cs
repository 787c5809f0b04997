using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>What each <see cref="PkiFault"/> does to the certificates of a chain.</summary>
internal static class ChainFaults
{
    private const string AnyPolicy = "2.5.29.32.0";
    private const string KeyUsageOid = "2.5.29.15";
    private const string BasicConstraintsOid = "2.5.29.19";
    private const string AlternativeNameOid = "2.5.29.17";

    public static void ApplyToIntermediate(PkiFault fault, TestCertificateBuilder builder, DateTimeOffset now)
    {
        TestChain.WithPolicy(builder);
        switch (fault)
        {
            case PkiFault.TamperedIntermediateSignature:
                builder.ChangeSignature = TestFaultBytes.FlipLast;
                break;
            case PkiFault.IntermediateExpired:
                builder.NotAfter = now.AddSeconds(-1);
                break;
            case PkiFault.IntermediateNotCa:
                builder.With(TestExtensions.BasicConstraints(isCa: false));
                break;
            case PkiFault.IntermediateWithoutBasicConstraints:
                builder.Without(BasicConstraintsOid);
                break;
            case PkiFault.IntermediateWithoutCertSign:
                builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.CrlSign));
                break;
            case PkiFault.PathTooLong:
                builder.With(TestExtensions.BasicConstraints(isCa: true, pathLength: 0));
                break;
            case PkiFault.UnknownCriticalExtensionInIntermediate:
                builder.With(TestExtensions.Unknown(critical: true));
                break;
            case PkiFault.NameNotPermitted:
                builder.With(TestExtensions.NameConstraints(permitted: [TestGeneralName.Dns("other.example")]));
                break;
            case PkiFault.NameExcluded:
                builder.With(TestExtensions.NameConstraints(excluded: [TestGeneralName.Dns("lab.example")]));
                break;
            case PkiFault.AnyPolicyMapped:
                builder.With(TestExtensions.PolicyMappings((TestChain.Policy, AnyPolicy)));
                break;
            case PkiFault.AnyPolicyInhibited:
                builder.With(TestExtensions.InhibitAnyPolicy(0));
                break;
            default:
                break;
        }
    }

    public static void ApplyToTarget(PkiFault fault, TestCertificateBuilder builder, DateTimeOffset now)
    {
        switch (fault)
        {
            case PkiFault.TamperedSignature:
                builder.ChangeSignature = TestFaultBytes.FlipLast;
                break;
            case PkiFault.ForeignIssuerKey:
                builder.IssuerKey = TestKey.Create(builder.IssuerKey.Kind);
                break;
            case PkiFault.OtherIssuerName:
                builder.Issuer = TestName.Common("LAB somebody else");
                break;
            case PkiFault.Expired:
                builder.NotAfter = now.AddSeconds(-1);
                break;
            case PkiFault.NotYetValid:
                builder.NotBefore = now.AddSeconds(1);
                break;
            case PkiFault.LastSecond:
                builder.NotAfter = now;
                break;
            case PkiFault.FirstSecond:
                builder.NotBefore = now;
                break;
            case PkiFault.Sha1Signature:
                builder.Algorithm = builder.IssuerKey.IsRsa ? TestSignatureAlgorithm.RsaSha1 : TestSignatureAlgorithm.EcdsaSha1;
                break;
            case PkiFault.UnknownCriticalExtension or PkiFault.UnknownExtension:
                builder.With(TestExtensions.Unknown(critical: fault == PkiFault.UnknownCriticalExtension));
                break;
            case PkiFault.NoPolicy:
                builder.Without("2.5.29.32");
                break;
            case PkiFault.OtherPolicy:
                builder.With(TestExtensions.CertificatePolicies("2.999.2"));
                break;
            case PkiFault.AnyPolicyInhibited:
                builder.With(TestExtensions.CertificatePolicies(AnyPolicy));
                break;
            case PkiFault.OtherKeyUsage:
                builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.KeyEncipherment));
                break;
            case PkiFault.OtherPurpose:
                builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.1"));
                break;
            default:
                Malform(fault, builder);
                break;
        }
    }

    private static void Malform(PkiFault fault, TestCertificateBuilder builder)
    {
        switch (fault)
        {
            case PkiFault.AlgorithmsDiffer:
                builder.Replace(
                    TestCertificateField.SignatureAlgorithm, TestAlgorithms.Identifier(builder.IssuerKey.IsRsa ? TestSignatureAlgorithm.RsaSha512 : TestSignatureAlgorithm.EcdsaSha512));
                break;
            case PkiFault.DuplicateExtension:
                builder.Duplicate(KeyUsageOid);
                break;
            case PkiFault.MalformedExtension:
                builder.WithValue(AlternativeNameOid, [0x30, 0x03, 0x82, 0x05, 0x61]);
                break;
            case PkiFault.ExtensionsInVersion1:
                builder.Version = 1;
                break;
            case PkiFault.TrailingBytes:
                builder.ChangeCertificate = der => [.. der, 0x05, 0x00];
                break;
            case PkiFault.CutOff:
                builder.ChangeCertificate = der => der[..^7];
                break;
            case PkiFault.NotDer:
                // The serial number's length takes one octet more than it needs.
                builder.Replace(TestCertificateField.SerialNumber, [0x02, 0x81, 0x01, 0x07]);
                break;
            default:
                break;
        }
    }
}
