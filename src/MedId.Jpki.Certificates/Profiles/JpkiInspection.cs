using System.Text.Json.Serialization;
using MedId.Core;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>What a certificate says of itself, before anything is proven. For looking at certificates; never for deciding.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiInspection
{
    private JpkiInspection(MedIdResult<JpkiCertificateProfile> profile, MedIdResult<BasicFourAttributes>? basicFour, IReadOnlyList<string> policies)
    {
        Profile = profile;
        BasicFour = basicFour;
        Policies = policies;
    }

    /// <summary>The profile that it keeps to, test hierarchy included; or why to none.</summary>
    public MedIdResult<JpkiCertificateProfile> Profile { get; }

    /// <summary>The attributes that it claims, or why they cannot be read; null where it claims none.</summary>
    public MedIdResult<BasicFourAttributes>? BasicFour { get; }

    /// <summary>Its certificate policies.</summary>
    public IReadOnlyList<string> Policies { get; }

    /// <summary>Looks at a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="profiles">The rows; null for those of this release.</param>
    public static JpkiInspection Of(Certificate certificate, JpkiProfileTable? profiles = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(
            new ProfileRules(profiles ?? JpkiProfileTable.Default, AcceptTestHierarchy: true).Judge(certificate, use: null),
            BasicFourReader.HasAny(certificate) ? BasicFourReader.Read(certificate) : null,
            [.. (certificate.Extensions.CertificatePolicies ?? []).Select(p => p.Oid)]);
    }

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => Profile.ToString();
}
