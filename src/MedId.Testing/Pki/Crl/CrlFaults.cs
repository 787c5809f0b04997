namespace MedId.Testing;

/// <summary>What each <see cref="CrlFault"/> does to a CRL.</summary>
internal static class CrlFaults
{
    // Revoked by nobody: an entry that is only there to have an entry.
    private static readonly byte[] Stranger = [0x12, 0x34, 0x56];

    public static void Apply(CrlFault fault, TestCrlBuilder builder, DateTimeOffset now)
    {
        switch (fault)
        {
            case CrlFault.None:
                break;
            case CrlFault.Garbage:
                builder.ChangeCrl = _ => "not DER at all"u8.ToArray();
                break;
            case CrlFault.CutOff:
                builder.ChangeCrl = der => der[..^7];
                break;
            case CrlFault.TrailingBytes:
                builder.ChangeCrl = der => [.. der, 0x05, 0x00];
                break;
            case CrlFault.AlgorithmsDiffer:
                builder.Replace(TestCrlField.SignatureAlgorithm, TestAlgorithms.Identifier(builder.IssuerKey.IsRsa ? TestSignatureAlgorithm.RsaSha512 : TestSignatureAlgorithm.EcdsaSha512));
                break;
            case CrlFault.EmptyList:
                builder.Replace(TestCrlField.RevokedCertificates, TestDer.Sequence());
                break;
            case CrlFault.ExtensionsInVersion1:
                builder.Version = 1;
                break;
            case CrlFault.DuplicateExtension:
                builder.Extensions.Add(builder.Extensions[^1]);
                break;
            case CrlFault.NoNextUpdate:
                builder.NextUpdate = null;
                break;
            case CrlFault.ReasonUnused:
                builder.Revoke(Stranger, now.AddDays(-1), reason: 7);
                break;
            case CrlFault.Stale:
                (builder.ThisUpdate, builder.NextUpdate) = (now.AddDays(-7), now.AddDays(-6));
                break;
            case CrlFault.Future:
                (builder.ThisUpdate, builder.NextUpdate) = (now.AddDays(1), now.AddDays(2));
                break;
            case CrlFault.TamperedSignature:
                builder.ChangeSignature = TestFaultBytes.FlipLast;
                break;
            case CrlFault.OtherKey:
                builder.IssuerKey = TestKey.Create(builder.IssuerKey.Kind);
                break;
            case CrlFault.Sha1Signature:
                builder.Algorithm = builder.IssuerKey.IsRsa ? TestSignatureAlgorithm.RsaSha1 : TestSignatureAlgorithm.EcdsaSha1;
                break;
            case CrlFault.OtherIssuer:
                builder.Issuer = TestName.Common("LAB somebody else");
                break;
            case CrlFault.UnknownCriticalExtension:
                builder.With(TestExtensions.Unknown(critical: true));
                break;
            case CrlFault.UnknownCriticalEntryExtension:
                builder.Revoke(Stranger, now.AddDays(-1), extensions: TestExtensions.Unknown(critical: true));
                break;
            case CrlFault.DeltaWithoutBase:
                builder.DeltaTo(1);
                break;
            default:
                builder.Within(Scope(fault));
                break;
        }
    }

    private static TestIssuingDistributionPoint Scope(CrlFault fault) => fault switch
    {
        CrlFault.OtherDistributionPoint => TestIssuingDistributionPoint.At(TestName.Common("LAB elsewhere")),
        CrlFault.OnlyCaCertificates => new() { OnlyCaCertificates = true },
        CrlFault.OnlyUserCertificates => new() { OnlyUserCertificates = true },
        CrlFault.OnlyAttributeCertificates => new() { OnlyAttributeCertificates = true },
        CrlFault.OnlySomeReasons => new() { OnlySomeReasons = [1] },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };
}
