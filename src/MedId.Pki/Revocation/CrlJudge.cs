using MedId.Core;

namespace MedId.Pki;

/// <summary>Decides about one certificate from CRLs: RFC 5280 §6.3.3, in its order.</summary>
/// <remarks>Step (a), fetching, is the gatherer's. use-deltas is always set: a delta that is there and fits is used.</remarks>
internal sealed class CrlJudge
{
    private readonly RevocationQuestion _question;
    private readonly CrlSigners _signers;
    private RevocationReasons _covered;
    private CrlFinding? _revoked;
    private CertificateRevocationList? _used;
    private CertificateRevocationList? _usedDelta;
    private MedIdError? _error;
    private int _errorRank = -1;

    private CrlJudge(RevocationQuestion question)
    {
        _question = question;
        _signers = new(question);
    }

    /// <summary>Judges.</summary>
    public static CrlFinding Judge(RevocationQuestion question)
    {
        if (question.Evidence.Crls.Count == 0)
        {
            return new() { Status = RevocationStatus.Unknown, Error = Missing() };
        }

        var judge = new CrlJudge(question);
        judge.AskPoints();
        return judge.Conclude();
    }

    private static MedIdError Missing() => new(PkiErrorCodes.CrlMissing, ErrorCategory.State, "RFC 5280 §6.3.3", "no CRL of the certificate's issuer is at hand");

    /// <summary>§6.3.3: each distribution point, and at last the one that is named like the issuer.</summary>
    private void AskPoints()
    {
        foreach (var point in _question.Certificate.Extensions.CrlDistributionPoints ?? [])
        {
            Ask(point);
        }

        Ask(null);
    }

    private void Ask(DistributionPoint? point)
    {
        foreach (var crl in _question.Evidence.Crls.Where(c => !c.IsDelta).OrderByDescending(c => c.ThisUpdate).ThenByDescending(c => c.Number))
        {
            if (_revoked is not null || _covered == RevocationReasons.All)
            {
                return;
            }

            // (b): issuer and scope.
            if (!CrlScope.IsIssuer(crl, _question.Certificate, point))
            {
                continue;
            }

            if (!CrlScope.Covers(crl, _question.Certificate, point))
            {
                Note(0, PkiErrorCodes.CrlScope, "RFC 5280 §6.3.3 (b)", "no CRL at hand is complete for this certificate");
                continue;
            }

            // (d), (e): what it adds to the reasons that are covered already.
            var reasons = (crl.IssuingDistributionPoint?.OnlySomeReasons ?? RevocationReasons.All) & (point?.Reasons ?? RevocationReasons.All);
            if ((reasons & ~_covered) != RevocationReasons.None)
            {
                Use(crl, reasons);
            }
        }
    }

    private void Use(CertificateRevocationList crl, RevocationReasons reasons)
    {
        // §5.2, §5.3: a critical extension that is not understood, in the list or in an entry.
        if (crl.HasUnknownCriticalExtension)
        {
            Note(1, PkiErrorCodes.CrlCriticalExtension, "RFC 5280 §5.2", "a critical extension of the CRL or of an entry is not understood", ErrorCategory.Unsupported);
            return;
        }

        // (f), (g): the issuer, up to the same anchor, and its signature.
        if (_signers.Find(crl, out var error) is not { } key)
        {
            Note(2, error!);
            return;
        }

        // (c), (h): a delta that belongs to it, by the same key.
        var delta = _question.Evidence.Crls
            .Where(d => d.IsDelta && !d.HasUnknownCriticalExtension && CrlScope.Fits(d, crl) && TimeError(d, null) is null && _signers.Check(d, key) is null)
            .MaxBy(d => d.Number);

        // (a): of the right time; a delta brings a complete CRL up to its own time.
        if (TimeError(crl, delta) is { } late)
        {
            Note(3, late);
            return;
        }

        // (i), (j), (k): the delta first; an entry removed by it is not looked for in the complete CRL.
        var serial = _question.Certificate.SerialNumber.Span;
        var issuer = _question.Certificate.Issuer;
        CrlEntry entry = default;
        var byDelta = delta is not null && delta.TryFind(serial, issuer, out entry);
        if ((byDelta || crl.TryFind(serial, issuer, out entry)) && entry.Reason != CrlReason.RemoveFromCrl && EvidenceTime.Counts(entry, _question.Policy, _question.At))
        {
            _revoked = new()
            {
                Status = RevocationStatus.Revoked,
                Entry = entry,
                Crl = crl,
                Delta = delta,
                ByDelta = byDelta,
                ReasonsCovered = _covered | reasons,
                UsedWeakAlgorithm = _signers.UsedWeakAlgorithm,
            };
            return;
        }

        // §5, X.509 §9.5.2.7: an entry leaves the CRL after the certificate expired, unless the CRL says that it stays.
        var newest = delta ?? crl;
        if (newest.ThisUpdate > _question.Certificate.NotAfter && !(newest.ExpiredCertificatesSince <= _question.Certificate.NotAfter))
        {
            Note(4, PkiErrorCodes.CrlExpiredCertificate, "RFC 5280 §5", "the CRL is from after the certificate's end, when entries may have left it");
            return;
        }

        _covered |= reasons;
        _used ??= crl;
        _usedDelta ??= ReferenceEquals(_used, crl) ? delta : null;
    }

    private CrlFinding Conclude()
    {
        if (_revoked is not null)
        {
            return _revoked;
        }

        if (_covered == RevocationReasons.All)
        {
            return Found(RevocationStatus.Good, null);
        }

        if (FindFinal() is { } final)
        {
            return final;
        }

        if (_covered != RevocationReasons.None)
        {
            Note(5, PkiErrorCodes.CrlReasonsIncomplete, "RFC 5280 §6.3.3", "the CRLs at hand are for some reasons only");
        }

        return Found(RevocationStatus.Unknown, _error ?? Missing());
    }

    private CrlFinding Found(RevocationStatus status, MedIdError? error) => new()
    {
        Status = status,
        Crl = _used,
        Delta = _usedDelta,
        ReasonsCovered = _covered,
        UsedWeakAlgorithm = _signers.UsedWeakAlgorithm,
        Error = error,
    };

    /// <summary>A CRL of another time that names the certificate as revoked for good: it cannot prove that one is good, but this it can.</summary>
    private CrlFinding? FindFinal()
    {
        foreach (var crl in _question.Evidence.Crls)
        {
            if (!crl.HasUnknownCriticalExtension
                && crl.TryFind(_question.Certificate.SerialNumber.Span, _question.Certificate.Issuer, out var entry)
                && EvidenceTime.IsFinal(entry, _question.Policy, _question.At)
                && (_question.Certificate.Extensions.CrlDistributionPoints ?? []).Append(null).Any(point => CrlScope.Covers(crl, _question.Certificate, point))
                && _signers.Find(crl, out _) is not null)
            {
                return new()
                {
                    Status = RevocationStatus.Revoked,
                    Entry = entry,
                    Crl = crl,
                    ReasonsCovered = _covered,
                    UsedWeakAlgorithm = _signers.UsedWeakAlgorithm,
                    Error = TimeError(crl, null),
                };
            }
        }

        return null;
    }

    /// <summary>§5.1.2.4, §5.1.2.5: thisUpdate ≤ at &lt; nextUpdate, widened by the skew, and not older than policy allows.</summary>
    private MedIdError? TimeError(CertificateRevocationList crl, CertificateRevocationList? delta)
    {
        var (policy, at) = (_question.Policy, _question.At);
        if (!EvidenceTime.HasBegun(crl.ThisUpdate, policy, at))
        {
            return new(PkiErrorCodes.CrlNotYetValid, ErrorCategory.State, "RFC 5280 §5.1.2.4", "the CRL was issued after the reference time");
        }

        var newest = delta ?? crl;
        if (EvidenceTime.IsTooOld(newest.ThisUpdate, policy.Revocation.MaxAge, policy.Revocation.ClockSkew, at))
        {
            return new(PkiErrorCodes.CrlStale, ErrorCategory.State, "RFC 5280 §5.1.2.4", "the CRL is older than policy allows");
        }

        return at < newest.NextUpdate + policy.Revocation.ClockSkew ? null : new(PkiErrorCodes.CrlStale, ErrorCategory.State, "RFC 5280 §5.1.2.5", "the reference time is not before the CRL's nextUpdate");
    }

    private void Note(int rank, string code, string section, string detail, ErrorCategory category = ErrorCategory.State) =>
        Note(rank, new(code, category, section, detail));

    /// <summary>Keeps the reason of the CRL that came furthest.</summary>
    private void Note(int rank, MedIdError error)
    {
        if (rank > _errorRank)
        {
            (_error, _errorRank) = (error, rank);
        }
    }
}
