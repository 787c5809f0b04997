using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>RFC 5280 §6.1.3 (a)(3) for every certificate of a path, from the anchor down: revoked refuses, unknown leaves it open where policy asks, in this order.</summary>
internal sealed class PathRevocation(PathContext context, PathPolicy policy, PathTrace trace)
{
    private const string Section = "RFC 5280 §6.1.3 (a)(3)";

    public VerificationOutcome Outcome { get; private set; } = VerificationOutcome.Accepted;

    public PathRefusal? Refusal { get; private set; }

    /// <summary>One finding for each certificate, the target first.</summary>
    public IReadOnlyList<RevocationFinding> Judge(IReadOnlyList<Certificate> path, TrustAnchor anchor, IReadOnlyList<PublicKey> issuerKeys)
    {
        var findings = new RevocationFinding[path.Count];
        for (var index = path.Count - 1; index >= 0; index--)
        {
            var isRequired = policy.Revocation.Scope == RevocationScope.Chain || (policy.Revocation.Scope == RevocationScope.Leaf && index == 0);
            findings[index] = isRequired || context.Evidence.Crls.Count > 0 || context.Evidence.OcspResponses.Count > 0
                ? RevocationJudge.Judge(Question(path, anchor, issuerKeys, index))
                : new() { Certificate = path[index], Status = RevocationStatus.NotChecked };
            Combine(findings[index], index, isRequired);
        }

        return findings;
    }

    /// <summary>Refused beats undetermined beats accepted; of two alike, the one nearer to the anchor says why.</summary>
    private void Combine(RevocationFinding finding, int index, bool isRequired)
    {
        if (finding.Status == RevocationStatus.Revoked)
        {
            trace.Note(Section, "not revoked", index, PathStepResult.Failed);
            if (Outcome != VerificationOutcome.Refused)
            {
                Refusal = new(new(PkiErrorCodes.Revoked, ErrorCategory.State, Section, finding.Reason?.ToString()), index);
                Outcome = VerificationOutcome.Refused;
            }
        }
        else if (finding.Status != RevocationStatus.Good && isRequired)
        {
            trace.Note(Section, "not revoked", index, PathStepResult.Undetermined);
            if (Outcome == VerificationOutcome.Accepted)
            {
                Refusal = new(new(PkiErrorCodes.RevocationUnknown, ErrorCategory.State, finding.Why?.Section ?? Section, finding.Why?.ToString()), index);
                Outcome = VerificationOutcome.Undetermined;
            }
        }
        else
        {
            trace.Note(Section, "not revoked", index, finding.Status == RevocationStatus.Good ? PathStepResult.Passed : PathStepResult.NotApplicable);
        }
    }

    private RevocationQuestion Question(IReadOnlyList<Certificate> path, TrustAnchor anchor, IReadOnlyList<PublicKey> issuerKeys, int index) => new()
    {
        Certificate = path[index],
        Path = path,
        Index = index,
        Anchor = anchor,
        IssuerKey = issuerKeys[index],
        Evidence = context.Evidence,
        Policy = policy,
        At = context.At,
        ValidateSigner = signer => context.ValidateSigner(signer, anchor, policy),
    };
}
