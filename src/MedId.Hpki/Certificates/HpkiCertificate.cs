using MedId.Core;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>What an HPKI certificate says of itself. Nothing in it is proven: <see cref="HpkiVerifier"/> says whether it may be relied on.</summary>
public sealed class HpkiCertificate
{
    private HpkiCertificate(
        Certificate certificate, IReadOnlyList<string> policyOids, HpkiCertificatePolicy? policy, MedIdResult<IReadOnlyList<HcActor>> actors, IReadOnlyList<HpkiRole> roles)
    {
        Certificate = certificate;
        PolicyOids = policyOids;
        Policy = policy;
        Actors = actors;
        Roles = roles;
        Subject = HpkiSubject.Of(certificate);
    }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The OIDs of its policies.</summary>
    public IReadOnlyList<string> PolicyOids { get; }

    /// <summary>Its policy when it has exactly one and the table knows it; null otherwise.</summary>
    public HpkiCertificatePolicy? Policy { get; }

    /// <summary>The actors of hcRole, or why they cannot be read.</summary>
    public MedIdResult<IReadOnlyList<HcActor>> Actors { get; }

    /// <summary>The actors with what the role table says of them; empty when they cannot be read.</summary>
    public IReadOnlyList<HpkiRole> Roles { get; }

    /// <summary>Whom it names.</summary>
    public HpkiSubject Subject { get; }

    /// <summary>Reads what the certificate says of itself.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="policies">The policy table.</param>
    /// <param name="roles">The role table.</param>
    /// <param name="at">The reference time, for the rows of the tables.</param>
    public static HpkiCertificate Inspect(Certificate certificate, HpkiPolicyTable policies, RoleTable roles, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(roles);
        IReadOnlyList<string> oids = [.. (certificate.Extensions.CertificatePolicies ?? []).Select(policy => policy.Oid)];
        var actors = certificate.Extensions.SubjectDirectoryAttributes is { } attributes ? HcRoleAttribute.Read(attributes) : Array.Empty<HcActor>();
        return new(certificate, oids, oids is [var only] ? policies.Classify(only) : null, actors, actors.Succeeded ? roles.Read(actors.Value, at) : []);
    }

    /// <summary>Nothing personal.</summary>
    public override string ToString() => $"HPKI certificate {Policy?.Oid ?? "of unknown policy"}";
}
