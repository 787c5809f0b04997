using MedId.Core;

namespace MedId.Pki;

/// <summary>Decides about one certificate from all the evidence that was gathered, OCSP responses and CRLs alike.</summary>
/// <remarks>
/// Revoked beats good beats unknown: whoever is named as revoked by any evidence that may be believed is revoked. Of two that say good, the one of the later thisUpdate
/// is named. A responder that does not know the certificate leaves the word to the CRLs.
/// </remarks>
internal static class RevocationJudge
{
    /// <summary>Judges.</summary>
    /// <param name="question">What is asked.</param>
    public static RevocationFinding Judge(RevocationQuestion question)
    {
        var byOcsp = question.Evidence.OcspResponses.Count == 0 ? null : JudgeOcsp(question);
        if (byOcsp is { Status: RevocationStatus.Revoked })
        {
            return byOcsp;
        }

        var byCrl = Describe(question, CrlJudge.Judge(question));
        return byOcsp is null ? byCrl : (byOcsp.Status, byCrl.Status) switch
        {
            (_, RevocationStatus.Revoked) => byCrl,
            (RevocationStatus.Good, RevocationStatus.Good) => byOcsp.Source!.ThisUpdate >= byCrl.Source!.ThisUpdate ? byOcsp : byCrl,
            (RevocationStatus.Good, _) => byOcsp,
            (_, RevocationStatus.Good) => byCrl,
            _ => IsAbout(byOcsp) || question.Evidence.Crls.Count == 0 ? byOcsp : byCrl,
        };
    }

    private static bool IsAbout(RevocationFinding byOcsp) => !string.Equals(byOcsp.Why?.Code, PkiErrorCodes.OcspNoMatch, StringComparison.Ordinal);

    private static RevocationFinding Describe(RevocationQuestion question, CrlFinding finding) => new()
    {
        Certificate = question.Certificate,
        Status = finding.Status,
        Reason = finding.Entry?.Reason,
        RevokedAt = finding.Entry?.RevokedAt,
        Source = finding.Source,
        Why = finding.Error,
        UsedWeakAlgorithm = finding.UsedWeakAlgorithm,
    };

    private static RevocationFinding JudgeOcsp(RevocationQuestion question)
    {
        var policy = question.Policy;
        var issuer = OcspIssuer.Of(question.Certificate.Issuer, question.IssuerKey, question.IssuerCertificate);
        var expectations = new OcspExpectations
        {
            Algorithms = policy.Algorithms,
            MaxAge = policy.Revocation.MaxAge,
            ClockSkew = policy.Revocation.ClockSkew,
            AcceptLaterEvidence = policy.AcceptLaterEvidence,
            ResponderCertificates = question.Evidence.Certificates,
            TrustedResponders = policy.Revocation.TrustedResponders,
            ResponderRevocation = policy.Revocation.ResponderRevocation,
            Crls = question.Evidence.Crls,
        };
        RevocationFinding? best = null;
        RevocationFinding? final = null;
        foreach (var response in question.Evidence.OcspResponses)
        {
            var decision = OcspChecker.Check(response, question.Certificate, issuer, question.IssuerCertificate, expectations, question.At);
            var finding = Describe(question, response, decision);
            if (finding.Status == RevocationStatus.Revoked)
            {
                return finding;
            }

            if (IsFinal(decision, policy, question.At))
            {
                final = finding with { Status = RevocationStatus.Revoked, Reason = decision.Entry!.Value.Reason, RevokedAt = decision.Entry.Value.RevokedAt };
            }

            best = best is null || Weight(finding) > Weight(best) ? finding : best;
        }

        return best is { Status: RevocationStatus.Good } ? best : final ?? best!;
    }

    private static RevocationFinding Describe(RevocationQuestion question, OcspResponse response, OcspDecision decision)
    {
        var status = decision.Status == RevocationStatus.Revoked && decision.Entry is { } entry && !EvidenceTime.Counts(entry, question.Policy, question.At)
            ? RevocationStatus.Good
            : decision.Status;
        return new()
        {
            Certificate = question.Certificate,
            Status = status,
            Reason = status == RevocationStatus.Revoked ? decision.Reason : null,
            RevokedAt = status == RevocationStatus.Revoked ? decision.RevokedAt : null,
            Source = decision.ThisUpdate is { } at ? new(EvidenceSourceKind.Ocsp, response.Sha256, at, decision.NextUpdate) : null,
            Why = decision.Error ?? (status == RevocationStatus.Unknown
                ? new(PkiErrorCodes.RevocationUnknown, ErrorCategory.State, "RFC 6960 §2.2", "the responder does not know the certificate")
                : null),
            UsedWeakAlgorithm = decision.UsedWeakAlgorithm,
        };
    }

    /// <summary>An authentic response of another time that says revoked for good.</summary>
    private static bool IsFinal(OcspDecision decision, PathPolicy policy, DateTimeOffset at) =>
        decision is { Responder: not null, Entry: { } entry }
        && decision.Error?.Code is PkiErrorCodes.OcspStale or PkiErrorCodes.OcspNotYetValid or PkiErrorCodes.OcspProducedAt
        && EvidenceTime.IsFinal(entry, policy, at);

    /// <summary>Good over unknown, the later over the earlier, and what is about this certificate over what is not.</summary>
    private static long Weight(RevocationFinding finding) => finding switch
    {
        { Status: RevocationStatus.Good } => finding.Source!.ThisUpdate.UtcTicks,
        { Why.Code: PkiErrorCodes.OcspNoMatch } => -2,
        { Source: null } => -1,
        _ => 0,
    };
}
