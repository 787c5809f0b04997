namespace MedId.Testing;

/// <summary>What each <see cref="OcspFault"/> does to a response.</summary>
internal static class OcspFaults
{
    public static void Apply(OcspFault fault, TestOcspResponseBuilder builder, TestAuthority authority)
    {
        switch (fault)
        {
            case OcspFault.None:
                break;
            case OcspFault.MalformedRequest:
                builder.Status = 1;
                break;
            case OcspFault.InternalError:
                builder.Status = 2;
                break;
            case OcspFault.TryLater:
                builder.Status = 3;
                break;
            case OcspFault.UnusedStatus:
                builder.Status = 4;
                break;
            case OcspFault.SignatureRequired:
                builder.Status = 5;
                break;
            case OcspFault.Unauthorized:
                builder.Status = 6;
                break;
            case OcspFault.NoBody:
                builder.NoBody = true;
                break;
            case OcspFault.BodyWithError:
                (builder.Status, builder.BodyWithError) = (3, true);
                break;
            case OcspFault.OtherType:
                builder.ResponseType = "2.999.48.1";
                break;
            case OcspFault.Garbage:
                builder.ChangeResponse = _ => "not DER at all"u8.ToArray();
                break;
            case OcspFault.CutOff:
                builder.ChangeResponse = der => der[..^7];
                break;
            case OcspFault.TrailingBytes:
                builder.ChangeResponse = der => [.. der, 0x05, 0x00];
                break;
            case OcspFault.TamperedSignature:
                builder.ChangeSignature = TestFaultBytes.FlipLast;
                break;
            case OcspFault.Sha1Signature:
                builder.Algorithm = builder.Signer.IsRsa ? TestSignatureAlgorithm.RsaSha1 : TestSignatureAlgorithm.EcdsaSha1;
                break;
            case OcspFault.ForeignDelegate or OcspFault.DelegateWithoutPurpose or OcspFault.DelegateExpired or OcspFault.DelegateNotDirect or OcspFault.DelegateMissing:
                Delegate(fault, builder, authority);
                break;
            case OcspFault.OtherResponderId:
                builder.ResponderName = TestName.Common("LAB somebody else");
                break;
            case OcspFault.ProducedInFuture:
                builder.ProducedAt = authority.Options.Now.AddDays(1);
                break;
            case OcspFault.NoNonce:
                builder.WithNonce(null);
                break;
            case OcspFault.OtherNonce:
                builder.WithNonce([.. Enumerable.Repeat((byte)0x5A, 32)]);
                break;
            case OcspFault.UnknownCriticalExtension:
                builder.Extensions.Add(TestExtensions.Unknown(critical: true));
                break;
            default:
                Singles(fault, builder, authority);
                break;
        }
    }

    private static void Delegate(OcspFault fault, TestOcspResponseBuilder builder, TestAuthority authority)
    {
        var delegated = fault switch
        {
            OcspFault.ForeignDelegate => TestOcspResponder.CreateDelegate(authority.NextGeneration(TestKey.Create(TestKeyKind.P256))),
            OcspFault.DelegateWithoutPurpose => TestOcspResponder.CreateDelegate(authority, profiles: certificate => certificate.Without("2.5.29.37")),
            OcspFault.DelegateExpired => TestOcspResponder.CreateDelegate(
                authority, profiles: certificate => certificate.Valid(authority.Options.Now.AddYears(-2), authority.Options.Now.AddDays(-1))),
            OcspFault.DelegateNotDirect => TestOcspResponder.CreateDelegate(authority.CreateSubordinate(TestName.Common("LAB below"), TestKey.Create(TestKeyKind.P256))),
            _ => TestOcspResponder.CreateDelegate(authority),
        };
        (builder.Signer, builder.Algorithm, builder.ResponderName) = (delegated.Key, null, delegated.Subject);
        builder.Certificates.Clear();
        if (fault != OcspFault.DelegateMissing)
        {
            builder.Certificates.Add(delegated.Der);
        }
    }

    private static void Singles(OcspFault fault, TestOcspResponseBuilder builder, TestAuthority authority)
    {
        var now = authority.Options.Now;
        switch (fault)
        {
            case OcspFault.Stale:
                builder.ProducedAt = now.AddDays(-7);
                builder.ChangeSingles(single => single with { ThisUpdate = now.AddDays(-7), NextUpdate = now.AddDays(-6) });
                break;
            case OcspFault.Future:
                builder.ChangeSingles(single => single with { ThisUpdate = now.AddDays(1), NextUpdate = now.AddDays(2) });
                builder.ProducedAt = now.AddDays(1);
                break;
            case OcspFault.NoNextUpdate:
                builder.ChangeSingles(single => single with { NextUpdate = null });
                break;
            case OcspFault.OtherSerialNumber:
                builder.ChangeSingles(single => single with { CertificateId = TestOcspResponder.CertificateId(authority, [0x01, 0x02, 0x03]) });
                break;
            case OcspFault.OtherIssuerKey:
                builder.ChangeSingles(single => single with { CertificateId = TestFaultBytes.FlipAt(single.CertificateId, 40) });
                break;
            case OcspFault.NoSingles:
                builder.Singles.Clear();
                break;
            case OcspFault.UnknownCriticalSingleExtension:
                builder.ChangeSingles(single => single with { Extensions = [TestExtensions.Unknown(critical: true)] });
                break;
            case OcspFault.GoodAndRevoked:
                builder.Singles.Add(builder.Singles[0] with { Status = TestOcspStatus.Revoked, RevokedAt = now.AddDays(-1) });
                break;
            case OcspFault.GoodAndUnknown:
                builder.Singles.Add(builder.Singles[0] with { Status = TestOcspStatus.Unknown });
                break;
            case OcspFault.UnknownStatus:
                builder.ChangeSingles(single => single with { Status = TestOcspStatus.Unknown });
                break;
            case OcspFault.OtherCertificateFirst:
                builder.Singles.Insert(0, builder.Singles[0] with { CertificateId = TestOcspResponder.CertificateId(authority, [0x01, 0x02, 0x03]) });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }
}
