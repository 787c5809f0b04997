using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>The leaf profiles of HPKI, with their faults.</summary>
internal static class HpkiIssuer
{
    private const string PolicyOid = "2.5.29.32";
    private const string CpsUri = "http://hpki.lab.invalid/cps/";

    public static TestCertificate Issue(HpkiWorld world, HpkiCertificateRequest request)
    {
        var home = request.Fault == HpkiFault.ForeignRoot ? world.Foreign : world;
        var issuing = request.Fault == HpkiFault.AuthorityOfOtherUse ? Other(request.Use) : request.Use;
        var authority = home.AuthorityFor(issuing);
        return authority.Issue(Subject(request.Holder, request.Fault), request.Key ?? TestKey.Shared(TestKeyKind.Rsa2048), builder =>
        {
            Usual(builder, home, request, authority, issuing);
            Apply(request, builder, world.Options.Now);
            request.Profile?.Invoke(builder);
        });
    }

    private static TestName Subject(HpkiHolder holder, HpkiFault fault)
    {
        var name = TestName.Of(("C", "JP"));
        if (holder.Organisation is { } organisation && fault != HpkiFault.DirectorWithoutOrganisation)
        {
            name = name.With("O", organisation);
        }

        if (holder.OrganisationalUnit is { } unit)
        {
            name = name.With("OU", fault == HpkiFault.DirectorOfOtherUnit ? "Radiology" : unit);
        }

        name = name.With("CN", holder.Name);
        return holder.SerialNumber is { } serial && fault != HpkiFault.NoSubjectSerialNumber ? name.With("SERIALNUMBER", serial) : name;
    }

    private static void Usual(TestCertificateBuilder builder, HpkiWorld world, HpkiCertificateRequest request, TestAuthority authority, HpkiUse issuing)
    {
        // Five years from midnight to midnight, Japanese time.
        var day = world.Options.Now.UtcDateTime.Date;
        var from = new DateTimeOffset(day, TimeSpan.Zero).AddYears(-1).AddHours(15);
        builder.Valid(from, from.AddYears(5).AddSeconds(-1));
        builder.Extensions.Clear();
        builder.With(TestExtensions.AuthorityKeyIdentifier(authority.Key.Identifier, world.Root.Name, authority.Certificate.SerialNumber))
            .With(TestExtensions.SubjectKeyIdentifier(builder.Key.Identifier))
            .With(TestExtensions.KeyUsage(KeyUsage(request.Use)))
            .With(TestExtensions.CertificatePolicyWithCps(HpkiWorld.Policy(request.Use, request.IsTest ? 0 : 3), CpsUri));
        if (request.Holder.KanjiName is { } kanji)
        {
            var name = TestName.Of(("C", "JP"), ("O", "試験病院"), ("CN", kanji));
            builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Directory(
                request.Holder.SerialNumber is { } serial ? name.With("SERIALNUMBER", serial) : name)));
        }

        if (HpkiRoleDer.Extension(request.Holder.Role, request.Fault) is { } role)
        {
            builder.With(role);
        }

        builder.With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At(world.CrlUri(issuing))));
    }

    private static void Apply(HpkiCertificateRequest request, TestCertificateBuilder builder, DateTimeOffset now)
    {
        switch (request.Fault)
        {
            case HpkiFault.PolicyOfOtherUse:
                builder.With(TestExtensions.CertificatePolicyWithCps(HpkiWorld.Policy(Other(request.Use), 3), CpsUri));
                break;
            case HpkiFault.UnknownLevel:
                builder.With(TestExtensions.CertificatePolicyWithCps(HpkiWorld.Policy(request.Use, 7), CpsUri));
                break;
            case HpkiFault.UnknownPolicy:
                builder.With(TestExtensions.CertificatePolicyWithCps("2.999.392.1", CpsUri));
                break;
            case HpkiFault.NoPolicy:
                builder.Without(PolicyOid);
                break;
            case HpkiFault.KeyUsageOfOtherUse:
                builder.With(TestExtensions.KeyUsage(KeyUsage(request.Use == HpkiUse.Signature ? HpkiUse.Authentication : HpkiUse.Signature)));
                break;
            case HpkiFault.KeyUsageBoth:
                builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation));
                break;
            case HpkiFault.NoKeyUsage:
                builder.Without("2.5.29.15");
                break;
            case HpkiFault.Expired:
                builder.NotAfter = now.AddDays(-1);
                break;
            case HpkiFault.Sha1Signature:
                builder.Algorithm = TestSignatureAlgorithm.RsaSha1;
                break;
            case HpkiFault.UnknownCriticalExtension:
                builder.With(TestExtensions.Unknown(critical: true));
                break;
            case HpkiFault.TamperedSignature:
                builder.ChangeSignature = TestFaultBytes.FlipLast;
                break;
            default:
                break;
        }
    }

    private static X509KeyUsageFlags KeyUsage(HpkiUse use) => use == HpkiUse.Signature ? X509KeyUsageFlags.NonRepudiation : X509KeyUsageFlags.DigitalSignature;

    private static HpkiUse Other(HpkiUse use) => use == HpkiUse.Signature ? HpkiUse.Authentication : HpkiUse.Signature;
}
