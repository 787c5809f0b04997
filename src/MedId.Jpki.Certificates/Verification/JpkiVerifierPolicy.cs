using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>What has to hold for a JPKI certificate to be accepted, and by what right it is asked.</summary>
public sealed record JpkiVerifierPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="standing">The legal standing. With <see cref="JpkiStanding.None"/> every verification is refused (<c>jpki.standing_missing</c>).</param>
    public JpkiVerifierPolicy(JpkiStanding standing) => Standing = standing;

    /// <summary>The legal standing.</summary>
    public JpkiStanding Standing { get; }

    /// <summary>The roots of JPKI: every generation whose certificates are still to be judged. Admit them by fingerprint (<see cref="TrustAnchorAdmission"/>), not by name.</summary>
    public required IReadOnlyCollection<TrustAnchor> Anchors { get; init; }

    /// <summary>What has to be proven about revocation. With <see cref="RevocationRequirement.NotRequired"/> nothing is accepted, except by <see cref="JpkiStanding.OwnTest"/>.</summary>
    public required RevocationRequirement Revocation { get; init; }

    /// <summary>Which algorithms may sign certificates, revocation information, forms (<see cref="SignatureUse.DocumentSignature"/>) and challenges (<see cref="SignatureUse.JpkiSignIn"/>).</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>The kinds of certificates.</summary>
    public JpkiProfileTable Profiles { get; init; } = JpkiProfileTable.Default;

    /// <summary>What a standing may do and keep.</summary>
    public JpkiStandingTable Standings { get; init; } = JpkiStandingTable.Default;

    /// <summary>Whether certificates of the test hierarchy are accepted, under rows that nobody verified. Never where real people sign in.</summary>
    public bool DangerouslyAcceptTestHierarchy { get; init; }

    /// <summary>The most certificates from the person's up to the root's, the root not counted; 1 by default, as JPKI has no authority in between.</summary>
    public int MaxPathLength { get; init; } = 1;

    /// <summary>Whether revocation information made after the reference time counts, as when a form signed last year is judged with today's.</summary>
    public bool AcceptLaterEvidence { get; init; }

    /// <summary>Whether <see cref="JpkiDecision.Steps"/> is written.</summary>
    public bool Explain { get; init; }

    internal ProfileRules Rules => new(Profiles, DangerouslyAcceptTestHierarchy);

    /// <summary>The path's inputs. The policy is the row's, explicit, and nothing maps to it.</summary>
    internal PathPolicy PathPolicy(string? policyOid) => new()
    {
        Algorithms = Algorithms,
        Revocation = Revocation,
        InitialPolicies = policyOid is null ? null : [policyOid],
        RequireExplicitPolicy = policyOid is not null,
        InhibitAnyPolicy = true,
        InhibitPolicyMapping = true,
        MaxPathLength = MaxPathLength,
        AcceptLaterEvidence = AcceptLaterEvidence,
        Explain = Explain,
    };
}
