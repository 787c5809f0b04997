using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>What an HPKI certificate has to fulfil here.</summary>
public sealed record HpkiPolicy
{
    /// <summary>The anchors, admitted by <see cref="TrustAnchorAdmission"/> for <see cref="TrustPurposes.Hpki"/>, or configured by the operator.</summary>
    public required IReadOnlyCollection<TrustAnchor> Anchors { get; init; }

    /// <summary>The use that is needed: a signature certificate is refused for sign-in and the reverse.</summary>
    public required HpkiUse Use { get; init; }

    /// <summary>What has to be proven about revocation; CRL and ARL of the whole path by default.</summary>
    public RevocationRequirement Revocation { get; init; } = RevocationRequirement.Chain;

    /// <summary>The role table.</summary>
    public RoleTable Roles { get; init; } = RoleTable.Default;

    /// <summary>The policy table.</summary>
    public HpkiPolicyTable Policies { get; init; } = HpkiPolicyTable.Default;

    /// <summary>
    /// Whether test certificates (level 0) are accepted, also of those policies whose row is not verified. Off by default and never for production: test certificates chain to the real
    /// root, and their roles are nobody's.
    /// </summary>
    public bool AllowTestPolicy { get; init; }

    /// <summary>Which algorithms may sign certificates and revocation lists.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>Whether evidence made after the reference time counts, for signatures of the past.</summary>
    public bool AcceptLaterEvidence { get; init; }

    /// <summary>Whether <see cref="HpkiDecision.Steps"/> is written.</summary>
    public bool Explain { get; init; }

    internal PathPolicy ToPathPolicy() => new() { Algorithms = Algorithms, Revocation = Revocation, AcceptLaterEvidence = AcceptLaterEvidence, Explain = Explain };
}
