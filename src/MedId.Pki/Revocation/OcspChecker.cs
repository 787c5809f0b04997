using MedId.Core;

namespace MedId.Pki;

/// <summary>Judges one OCSP response about one certificate (RFC 6960 §3.2, §4.2.2; RFC 5019 §4; RFC 9654). Pure: no clock, no network.</summary>
public static class OcspChecker
{
    /// <summary>Reads a response and judges it.</summary>
    /// <param name="response">The response in DER.</param>
    /// <param name="certificate">The certificate that was asked about.</param>
    /// <param name="issuer">The certificate of its issuer, which is trusted here: prove it by <see cref="PathValidator"/>.</param>
    /// <param name="expectations">What the response has to fulfil.</param>
    /// <param name="at">The reference time.</param>
    public static OcspDecision Check(ReadOnlyMemory<byte> response, Certificate certificate, Certificate issuer, OcspExpectations expectations, DateTimeOffset at)
    {
        var read = OcspResponse.Parse(response);
        return read.Succeeded ? Check(read.Value, certificate, issuer, expectations, at) : new() { Error = read.Error };
    }

    /// <summary>Judges a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="certificate">The certificate that was asked about.</param>
    /// <param name="issuer">The certificate of its issuer, which is trusted here: prove it by <see cref="PathValidator"/>.</param>
    /// <param name="expectations">What the response has to fulfil.</param>
    /// <param name="at">The reference time.</param>
    public static OcspDecision Check(OcspResponse response, Certificate certificate, Certificate issuer, OcspExpectations expectations, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(expectations);
        return IssuerKeys.Read(issuer.SubjectPublicKeyInfo.Span) is { } key
            ? Check(response, certificate, OcspIssuer.Of(issuer.Subject, key, issuer), issuer, expectations, at)
            : new() { Error = new(PkiErrorCodes.OcspResponderNotAuthorised, ErrorCategory.Unsupported, "RFC 6960 §4.2.2.2", "the issuer's key is of no kind that is used here") };
    }

    internal static OcspDecision Check(
        OcspResponse response, Certificate certificate, in OcspIssuer issuer, Certificate? issuerCertificate, OcspExpectations expectations, DateTimeOffset at)
    {
        // §4.2.1: an error status has no answer.
        if (response.Status != OcspResponseStatus.Successful)
        {
            return Undetermined(PkiErrorCodes.OcspResponseStatus, ErrorCategory.State, "RFC 6960 §4.2.1", Explain(response.Status));
        }

        if (!response.IsBasic)
        {
            return Undetermined(PkiErrorCodes.OcspType, ErrorCategory.Unsupported, "RFC 6960 §4.2.1", "only id-pkix-ocsp-basic is read");
        }

        // §3.2 step 1: about the certificate. Of several single responses about it the worst counts.
        if (Worst(response, certificate, issuer) is not { } single)
        {
            return Undetermined(PkiErrorCodes.OcspNoMatch, ErrorCategory.Protocol, "RFC 6960 §3.2 step 1", "no single response names the certificate and its issuer's key");
        }

        // §3.2 steps 2, 3, 4: the signature, of somebody who may, now.
        var decision = new OcspResponderCheck(response, certificate, issuer, issuerCertificate, expectations, at).Find(out var responder, out var weak) is { } error
            ? new OcspDecision { Error = error }
            : new OcspDecision { Responder = responder, UsedWeakAlgorithm = weak, Entry = EntryOf(single) };
        decision = decision with { ThisUpdate = single.ThisUpdate, NextUpdate = single.NextUpdate, ProducedAt = response.ProducedAt };
        if (decision.Error is null)
        {
            decision = decision with { Error = CheckContent(response, single, certificate, expectations, at) };
        }

        return decision.Error is not null ? decision : decision with
        {
            Status = single.Status,
            Reason = single.Reason,
            RevokedAt = single.RevokedAt,
            IsNotIssued = single.Status == RevocationStatus.Revoked && response.IsExtendedRevoke && single.Reason == CrlReason.CertificateHold
                && single.RevokedAt == DateTimeOffset.UnixEpoch,
        };
    }

    private static MedIdError? CheckContent(OcspResponse response, OcspSingleResponse single, Certificate certificate, OcspExpectations expectations, DateTimeOffset at)
    {
        // §4.4: critical extensions, of the response and of the single response.
        if (response.HasUnknownCriticalExtension || single.HasUnknownCriticalExtension)
        {
            return new(PkiErrorCodes.OcspCriticalExtension, ErrorCategory.Unsupported, "RFC 6960 §4.4", "a critical extension is not understood");
        }

        // RFC 9654 §2.1: the same nonce, where both have one.
        var bound = false;
        if (expectations.Nonce is { } nonce && response.Nonce is { } answered)
        {
            bound = System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(nonce.Span, answered.Span);
            if (!bound)
            {
                return new(PkiErrorCodes.OcspNonce, ErrorCategory.Protocol, "RFC 9654 §2.1", "the nonce is not the request's");
            }
        }

        if (expectations.RequireNonce && !bound)
        {
            return new(PkiErrorCodes.OcspNonce, ErrorCategory.Protocol, "RFC 9654 §2.1", "a nonce is required; the response has none, or none was sent");
        }

        return CheckTimes(response, single, certificate, expectations, at, bound);
    }

    /// <summary>§3.2 steps 5 and 6, §4.2.2.1; times are inclusive at both ends there.</summary>
    private static MedIdError? CheckTimes(
        OcspResponse response, OcspSingleResponse single, Certificate certificate, OcspExpectations expectations, DateTimeOffset at, bool bound)
    {
        var skew = expectations.ClockSkew;
        if (!expectations.AcceptLaterEvidence && single.ThisUpdate - skew > at)
        {
            return new(PkiErrorCodes.OcspNotYetValid, ErrorCategory.State, "RFC 6960 §4.2.2.1", "thisUpdate is after the reference time");
        }

        if (single.NextUpdate < single.ThisUpdate || (single.NextUpdate is { } next && next + skew < at))
        {
            return new(PkiErrorCodes.OcspStale, ErrorCategory.State, "RFC 6960 §4.2.2.1", "nextUpdate is before the reference time");
        }

        var maxAge = expectations.MaxAge ?? (single.NextUpdate is null && !bound ? OcspExpectations.MaxAgeWithoutNextUpdate : null);
        if (EvidenceTime.IsTooOld(single.ThisUpdate, maxAge, skew, at))
        {
            return new(PkiErrorCodes.OcspStale, ErrorCategory.State, "RFC 6960 §4.2.2.1", "thisUpdate is further back than policy allows");
        }

        // §2.4: signed when or after it was true, and not after the reference time.
        if ((!expectations.AcceptLaterEvidence && response.ProducedAt - skew > at) || response.ProducedAt + skew < single.ThisUpdate)
        {
            return new(PkiErrorCodes.OcspProducedAt, ErrorCategory.State, "RFC 6960 §2.4", "producedAt is after the reference time, or before thisUpdate");
        }

        // §4.4.4: a responder may forget expired certificates; what it says of one counts as far back as its archive goes.
        return single.Status == RevocationStatus.Good
            && (response.ProducedAt + skew < certificate.NotBefore || (single.ThisUpdate - skew > certificate.NotAfter && !(single.ArchiveCutoff <= certificate.NotAfter)))
            ? new(PkiErrorCodes.OcspProducedAt, ErrorCategory.State, "RFC 6960 §4.4.4", "produced before the certificate began, or after it ended without an archive")
            : null;
    }

    private static OcspSingleResponse? Worst(OcspResponse response, Certificate certificate, in OcspIssuer issuer)
    {
        OcspSingleResponse? worst = null;
        foreach (var single in response.Responses)
        {
            if (single.CertId.Names(certificate, issuer) && (worst is null || Weight(single) > Weight(worst) || (Weight(single) == Weight(worst) && single.ThisUpdate < worst.ThisUpdate)))
            {
                worst = single;
            }
        }

        return worst;

        static int Weight(OcspSingleResponse single) => single.Status switch { RevocationStatus.Revoked => 2, RevocationStatus.Unknown => 1, _ => 0 };
    }

    private static CrlEntry? EntryOf(OcspSingleResponse single) => single is { Status: RevocationStatus.Revoked, RevokedAt: { } at }
        ? new(at, single.Reason ?? CrlReason.Unspecified, single.InvalidityDate)
        : null;

    private static OcspDecision Undetermined(string code, ErrorCategory category, string section, string detail) => new() { Error = new(code, category, section, detail) };

    private static string Explain(OcspResponseStatus status) => status switch
    {
        OcspResponseStatus.MalformedRequest => "malformedRequest: the responder does not understand the request; try the other CertID hash or leave the nonce out",
        OcspResponseStatus.InternalError => "internalError: ask another responder, or later",
        OcspResponseStatus.TryLater => "tryLater: ask again later",
        OcspResponseStatus.SigRequired => "sigRequired: the responder answers signed requests only",
        _ => "unauthorized: the responder does not answer this client or does not know the certificate",
    };
}
