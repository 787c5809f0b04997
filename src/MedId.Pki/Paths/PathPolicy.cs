using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>What a path has to fulfil: the inputs of RFC 5280 §6.1.1 (c) to (i), and what the caller asks beyond it.</summary>
public sealed record PathPolicy
{
    /// <summary>Which algorithms may sign certificates, CRLs and OCSP responses; asked for the reference time.</summary>
    public required AlgorithmPolicy Algorithms { get; init; }

    /// <summary>What has to be proven about revocation.</summary>
    public required RevocationRequirement Revocation { get; init; }

    /// <summary>The policies acceptable here (§6.1.1 (c)); null for any. It decides only where a policy is required: see <see cref="RequireExplicitPolicy"/>.</summary>
    public IReadOnlyCollection<string>? InitialPolicies { get; init; }

    /// <summary>Whether the path has to be valid for one of <see cref="InitialPolicies"/> (§6.1.1 (f), initial-explicit-policy).</summary>
    public bool RequireExplicitPolicy { get; init; }

    /// <summary>Whether no CA may map policies (§6.1.1 (e), initial-policy-mapping-inhibit).</summary>
    public bool InhibitPolicyMapping { get; init; }

    /// <summary>Whether anyPolicy in a certificate counts for nothing (§6.1.1 (g), initial-any-policy-inhibit).</summary>
    public bool InhibitAnyPolicy { get; init; }

    /// <summary>The subtrees in which all names have to be (§6.1.1 (h)); empty for no such limit.</summary>
    public IReadOnlyList<GeneralSubtree> PermittedSubtrees { get; init; } = [];

    /// <summary>The subtrees in which no name may be (§6.1.1 (i)).</summary>
    public IReadOnlyList<GeneralSubtree> ExcludedSubtrees { get; init; } = [];

    /// <summary>The most certificates from the target up to the one that the anchor issued, both counted; 8 by default.</summary>
    public int MaxPathLength { get; init; } = 8;

    /// <summary>What the target's key has to be for; a target without the extension may be used for everything (§4.2.1.3).</summary>
    public KeyUsages RequiredKeyUsage { get; init; }

    /// <summary>The purposes that the target's key must all have (§4.2.1.12). A target without the extension may be used for every purpose.</summary>
    public IReadOnlyCollection<string> RequiredExtendedKeyUsages { get; init; } = [];

    /// <summary>Whether anyExtendedKeyUsage stands for a required purpose; not by default: a profile that names a purpose means it.</summary>
    public bool AcceptAnyExtendedKeyUsage { get; init; }

    /// <summary>Whether a CA with extKeyUsage limits the purposes below it, as browsers and X.509 §9.2.2.4 have it and RFC 5280 has not; false by default.</summary>
    public bool NestExtendedKeyUsages { get; init; }

    /// <summary>Critical extensions beyond those of RFC 5280 that the caller processes itself, by object identifier; without it they refuse.</summary>
    public IReadOnlyCollection<string> UnderstoodExtensions { get; init; } = [];

    /// <summary>Whether the certificate of the anchor has to be within its validity, which RFC 5280 does not ask; true by default.</summary>
    public bool CheckAnchorValidity { get; init; } = true;

    /// <summary>
    /// Whether the certificate of the anchor binds as one of a CA: basicConstraints, keyUsage and nameConstraints (RFC 5937 §3.2). True by default; RFC 5280 takes
    /// name and key alone.
    /// </summary>
    public bool ApplyAnchorConstraints { get; init; } = true;

    /// <summary>Whether evidence that was made after the reference time counts, as when a signature of the past is judged with today's CRL.</summary>
    public bool AcceptLaterEvidence { get; init; }

    /// <summary>The most signatures of certificates that one validation verifies, over all paths that it tries; 100 by default.</summary>
    public int MaxSignatures { get; init; } = 100;

    /// <summary>Whether <see cref="PathDecision.Steps"/> is written.</summary>
    public bool Explain { get; init; }
}
