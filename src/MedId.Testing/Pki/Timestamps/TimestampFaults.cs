using System.Globalization;

namespace MedId.Testing;

/// <summary>What each <see cref="TimestampFault"/> does to a token.</summary>
internal static class TimestampFaults
{
    private const string Data = "1.2.840.113549.1.7.1";

    /// <summary>The certificate that a fault signs with; null for the usual one.</summary>
    public static TestCertificate? Certificate(TimestampFault fault, TestAuthority authority) => fault switch
    {
        TimestampFault.CertificateWithoutPurpose => TestTimestampAuthority.CreateCertificate(authority, builder => builder.Without("2.5.29.37")),
        TimestampFault.PurposeNotCritical => TestTimestampAuthority.CreateCertificate(authority, builder => builder.MarkCritical("2.5.29.37", critical: false)),
        TimestampFault.TwoPurposes => TestTimestampAuthority.CreateCertificate(
            authority, builder => builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.2") with { Critical = true })),
        TimestampFault.CertificateExpired => TestTimestampAuthority.CreateCertificate(
            authority, builder => builder.Valid(authority.Options.Now.AddYears(-2), authority.Options.Now.AddDays(-1))),
        TimestampFault.ForeignCertificate => TestTimestampAuthority.CreateCertificate(authority.NextGeneration(TestKey.Create(TestKeyKind.P256))),
        _ => null,
    };

    public static void Apply(TimestampFault fault, TestTimestampBuilder builder, TestAuthority authority)
    {
        var now = authority.Options.Now;
        switch (fault)
        {
            case TimestampFault.OtherImprint:
                builder.Imprint = TestFaultBytes.FlipLast(builder.Imprint);
                break;
            case TimestampFault.OtherImprintAlgorithm:
                // SHA3-256 has the same length; only the last arc of the OID differs.
                builder.Imprint = TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.16.840.1.101.3.4.2.8")), TestDer.OctetString(builder.Imprint[^32..]));
                break;
            case TimestampFault.OtherNonce:
                builder.Nonce = [0x01, 0x02, 0x03, 0x04, 0x05];
                break;
            case TimestampFault.NoNonce:
                builder.Nonce = null;
                break;
            case TimestampFault.OtherPolicy:
                builder.Policy = "2.999.3161.2";
                break;
            case TimestampFault.OtherVersion:
                builder.Version = 2;
                break;
            case TimestampFault.LocalTime:
                builder.TimeDer = TestDer.Tlv(0x18, TestDer.Ascii(now.ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMMddHHmmss'+0900'", CultureInfo.InvariantCulture)));
                break;
            case TimestampFault.FractionWithTrailingZero:
                builder.TimeDer = TestDer.Tlv(0x18, TestDer.Ascii(now.ToString("yyyyMMddHHmmss'.50Z'", CultureInfo.InvariantCulture)));
                break;
            case TimestampFault.FutureTime:
                builder.Time = now.AddDays(1);
                break;
            case TimestampFault.UnknownCriticalExtension:
                builder.Extensions.Add(TestExtensions.Unknown(critical: true));
                break;
            case TimestampFault.OtherAuthorityName:
                builder.Authority = TestGeneralName.Directory(TestName.Common("LAB somebody else"));
                break;
            case TimestampFault.NoAccuracy:
                builder.AccuracySeconds = null;
                break;
            default:
                Cms(fault, builder.Cms, authority);
                break;
        }
    }

    private static void Cms(TimestampFault fault, TestCmsBuilder cms, TestAuthority authority)
    {
        switch (fault)
        {
            case TimestampFault.NoCertificates:
                cms.Certificates.Clear();
                break;
            case TimestampFault.NoSigningCertificate:
                cms.Signers[0].Named = null;
                break;
            case TimestampFault.OtherSigningCertificate:
                cms.Signers[0].Named = authority.Certificate;
                break;
            case TimestampFault.SigningCertificateBySha1:
                cms.Signers[0].NamedBySha1 = true;
                break;
            case TimestampFault.TwoSigners:
                cms.SignedBy(TestTimestampAuthority.CreateCertificate(authority));
                break;
            case TimestampFault.NoSigner:
                cms.Signers.Clear();
                break;
            case TimestampFault.TamperedSignature:
                cms.Signers[0].ChangeSignature = TestFaultBytes.FlipLast;
                break;
            case TimestampFault.OtherContentType:
                cms.ContentType = Data;
                break;
            default:
                break;
        }
    }
}
