using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>Says who signed an artefact, and reads it from nothing but what they signed. Pure: no clock, no network.</summary>
public static class ArtefactVerifier
{
    private const int MaxJwsLength = ((ArtefactLimits.MaxBytes / 3) + 1) * 4 * 2;

    /// <summary>Verifies a signed MeitY Consent.</summary>
    /// <param name="document">The document as received.</param>
    /// <param name="policy">What has to hold.</param>
    /// <param name="evidence">Certificates and revocation data; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    /// <exception cref="ArgumentException">The policy has no rule for documents.</exception>
    public static ArtefactVerification<ConsentArtefact> VerifyXml(ReadOnlyMemory<byte> document, ArtefactVerificationPolicy policy, ValidationEvidence evidence, DateTimeOffset at) =>
        VerifyXml(document, policy, evidence, at, Meity.Read);

    /// <summary>Verifies a signed request to revoke; who has to sign it is the <see cref="ArtefactVerificationPolicy.Required"/> of the policy.</summary>
    /// <inheritdoc cref="VerifyXml(ReadOnlyMemory{byte}, ArtefactVerificationPolicy, ValidationEvidence, DateTimeOffset)"/>
    public static ArtefactVerification<MeityRevocation> VerifyRevocation(ReadOnlyMemory<byte> document, ArtefactVerificationPolicy policy, ValidationEvidence evidence, DateTimeOffset at) =>
        VerifyXml(document, policy, evidence, at, MeityRevocation.Read);

    /// <summary>Verifies a signed log.</summary>
    /// <inheritdoc cref="VerifyXml(ReadOnlyMemory{byte}, ArtefactVerificationPolicy, ValidationEvidence, DateTimeOffset)"/>
    public static ArtefactVerification<MeityLog> VerifyLog(ReadOnlyMemory<byte> document, ArtefactVerificationPolicy policy, ValidationEvidence evidence, DateTimeOffset at) =>
        VerifyXml(document, policy, evidence, at, MeityLog.Read);

    /// <summary>Verifies an artefact in JSON that one or more signed, each by a compact JWS over the same payload.</summary>
    /// <param name="signatures">One JWS a signer, as received; 1 to 4.</param>
    /// <param name="policy">What has to hold.</param>
    /// <param name="at">The time that algorithms are judged at.</param>
    /// <param name="format">The format that the payload has to be in; null: any.</param>
    /// <exception cref="ArgumentException">There is no JWS, or more than four.</exception>
    public static ArtefactVerification<ConsentArtefact> VerifyJws(IReadOnlyList<string> signatures, ArtefactVerificationPolicy policy, DateTimeOffset at, ArtefactFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentNullException.ThrowIfNull(policy);
        if (signatures.Count is 0 or > 4)
        {
            throw new ArgumentException("One to four signatures.", nameof(signatures));
        }

        var rule = policy.Algorithms.For(SignatureUse.DocumentSignature, at);
        var reports = new List<ArtefactSignature>(signatures.Count);
        foreach (var token in signatures)
        {
            reports.Add(VerifyOne(token, policy, rule, reports));
        }

        if (reports.Exists(r => r.Outcome == VerificationOutcome.Accepted) && !reports.TrueForAll(r => r.Covered.Span.SequenceEqual(reports[0].Covered.Span)))
        {
            return Refuse<ConsentArtefact>(reports, new MedIdError(ConsentErrorCodes.SignersDisagree, ErrorCategory.Untrusted, "RFC 7515 §5.2", "the payloads are not the same bytes"));
        }

        return Close(reports, policy, () => (format is { } known ? known : ConsentArtefacts.Recognise(reports[0].Covered)).Then(f => ConsentArtefacts.Read(f, reports[0].Covered, policy.Options)));
    }

    private static ArtefactSignature VerifyOne(string token, ArtefactVerificationPolicy policy, AlgorithmRule algorithms, List<ArtefactSignature> before)
    {
        // RFC 7515 §5.2 steps 1 to 7.
        var parsed = CompactJws.Parse(token, MaxJwsLength);
        if (!parsed.Succeeded)
        {
            return new() { Outcome = VerificationOutcome.Refused, Error = parsed.Error };
        }

        var jws = parsed.Value;
        var draft = new ArtefactSignature { Outcome = VerificationOutcome.Refused, KeyId = jws.Header.KeyId, Covered = jws.Payload };

        // RFC 8725 §3.11: a token made for something else is no consent.
        if (policy.Type is { } type && !string.Equals(type, jws.Header.Type, StringComparison.Ordinal))
        {
            return draft with { Error = new(ConsentErrorCodes.TypeWrong, ErrorCategory.Protocol, "RFC 8725 §3.11") };
        }

        // Step 8, with the keys of one role after the other; a key that nobody gave us is evidence that is missing.
        MedIdError? error = null;
        foreach (var rule in policy.Signers.OrderBy(s => before.Exists(b => b.Role == s.Role)))
        {
            var signer = jws.Verify(rule.Keys, algorithms);
            if (signer.Succeeded)
            {
                _ = SignatureAlgorithm.TryFromJose(jws.Header.Algorithm, out var algorithm);
                return draft with { Outcome = VerificationOutcome.Accepted, Role = rule.Role, Label = rule.Label, KeyId = signer.Value.KeyId ?? draft.KeyId, Algorithm = algorithm, Signer = signer.Value.Key.Thumbprint };
            }

            error = error is null || error.Code == CryptographyErrorCodes.JoseKeyNotFound ? signer.Error : error;
        }

        error ??= new(ConsentErrorCodes.SignerUnknown, ErrorCategory.Untrusted, "RFC 7515 §6");
        return draft with { Error = error, Outcome = error.Code == CryptographyErrorCodes.JoseKeyNotFound ? VerificationOutcome.Undetermined : VerificationOutcome.Refused };
    }

    private static ArtefactVerification<T> VerifyXml<T>(
        ReadOnlyMemory<byte> document, ArtefactVerificationPolicy policy, ValidationEvidence evidence, DateTimeOffset at, Func<ReadOnlyMemory<byte>, MedIdResult<T>> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(evidence);
        if (policy.Documents is not { } documents)
        {
            throw new ArgumentException("The policy says nothing about documents.", nameof(policy));
        }

        // XML-DSig §3.2, and everything that it asks of paths: the whole document is covered by every signature.
        var options = new XmlVerificationOptions
        {
            AllowSiblingSignatures = true,
            Limits = new() { MaxBytes = ArtefactLimits.MaxBytes, MaxDepth = ArtefactLimits.MaxDepth, MaxNodes = ArtefactLimits.MaxNodes, MaxSignatures = 4, MaxReferences = 3, MaxCanonicalBytes = 16L * ArtefactLimits.MaxBytes },
        };
        var verification = XmlSignatureVerifier.Verify(document, XmlCoverage.WholeDocument, documents, evidence, at, options);
        if (verification.Signers.Count == 0)
        {
            return new() { Outcome = verification.Outcome, Error = verification.Error };
        }

        var reports = new List<ArtefactSignature>(verification.Signers.Count);
        foreach (var signer in verification.Signers)
        {
            reports.Add(Name(signer, policy, reports));
        }

        // What was signed is what is read: the octets after canonicalisation, never the document.
        return Close(reports, policy, () =>
        {
            // The same octets say the same; another canonical form of them is read for itself.
            var contents = reports.FindAll(r => ReferenceEquals(r, reports[0]) || !r.Covered.Span.SequenceEqual(reports[0].Covered.Span)).ConvertAll(r => read(r.Covered));
            return contents.Find(c => !c.Succeeded) is { } broken ? broken.Error!
                : contents.TrueForAll(c => c.Value!.Equals(contents[0].Value)) ? contents[0]
                : new MedIdError(ConsentErrorCodes.SignersDisagree, ErrorCategory.Untrusted, "XML-DSig §8.1");
        });
    }

    private static ArtefactSignature Name(SignerReport signer, ArtefactVerificationPolicy policy, List<ArtefactSignature> before)
    {
        var whole = signer.Covered.Where(c => c.Kind != CoveredContentKind.SignedProperties).ToList();
        var report = new ArtefactSignature
        {
            Outcome = signer.Outcome,
            Error = signer.Error,
            Certificate = signer.Certificate,
            Signer = signer.Certificate is { } certificate ? Convert.ToHexStringLower(SHA256.HashData(certificate.RawData.Span)) : string.Empty,
            Anchor = signer.Path?.Anchor,
            Algorithm = signer.Algorithm,
            ClaimedTime = signer.ClaimedSigningTime,
            Report = signer,
            Covered = whole is [{ IsWholeDocument: true } only] ? only.Octets : default,
        };
        if (signer.Outcome != VerificationOutcome.Accepted)
        {
            return report;
        }

        // One reference, to the root: a second one could be the only thing that somebody looks at.
        if (whole is not [{ IsWholeDocument: true }])
        {
            return report with { Outcome = VerificationOutcome.Refused, Error = new(ConsentErrorCodes.Coverage, ErrorCategory.Untrusted, "XML-DSig §8.1") };
        }

        var rule = policy.Signers.OrderBy(s => before.Exists(b => b.Role == s.Role)).FirstOrDefault(s => Fits(s, signer));
        return rule is null
            ? report with { Outcome = VerificationOutcome.Refused, Error = new(ConsentErrorCodes.SignerUnknown, ErrorCategory.Untrusted, Meity.Section) }
            : report with { Role = rule.Role, Label = rule.Label };
    }

    private static bool Fits(ArtefactSignerRule rule, SignerReport signer) =>
        (rule.Anchors.Count > 0 || rule.Certificates is not null)
        && (rule.Anchors.Count == 0 || rule.Anchors.Any(a => IsSame(a, signer.Path?.Anchor)))
        && (rule.Certificates is null || rule.Certificates.Contains(Convert.ToHexStringLower(SHA256.HashData(signer.Certificate!.RawData.Span)), StringComparer.Ordinal));

    private static bool IsSame(TrustAnchor first, TrustAnchor? second) =>
        ReferenceEquals(first, second) || (second is not null && first.Name.Equals(second.Name) && first.PublicKey is { } key && key.Equals(second.PublicKey));

    private static ArtefactVerification<T> Close<T>(List<ArtefactSignature> reports, ArtefactVerificationPolicy policy, Func<MedIdResult<T>> read)
        where T : class
    {
        var worst = reports.Find(r => r.Outcome == VerificationOutcome.Refused) ?? reports.Find(r => r.Outcome != VerificationOutcome.Accepted);
        if (worst is not null)
        {
            return new() { Outcome = worst.Outcome, Error = worst.Error, Signatures = reports };
        }

        if (policy.Required.FirstOrDefault(r => !reports.Exists(s => s.Role == r), (ArtefactSignerRole)(-1)) is var missing && (int)missing >= 0)
        {
            return Refuse<T>(reports, new MedIdError(ConsentErrorCodes.SignerMissing, ErrorCategory.Policy, Meity.Section, missing.ToString()));
        }

        // Two roles are two signers: one certificate or key that several rules let in is one of them.
        if (policy.Required.Count > 1 && reports.Where(r => r.Role is { } role && policy.Required.Contains(role)).GroupBy(r => r.Signer, StringComparer.Ordinal).Any(g => g.Select(r => r.Role).Distinct().Count() > 1))
        {
            return Refuse<T>(reports, new MedIdError(ConsentErrorCodes.SignerMissing, ErrorCategory.Policy, Meity.Section, "one signer in two roles"));
        }

        var content = read();
        return content.Succeeded
            ? new() { Outcome = VerificationOutcome.Accepted, Content = content.Value, Signatures = reports }
            : Refuse<T>(reports, content.Error);
    }

    private static ArtefactVerification<T> Refuse<T>(List<ArtefactSignature> reports, MedIdError error)
        where T : class => new() { Outcome = VerificationOutcome.Refused, Error = error, Signatures = reports };
}
