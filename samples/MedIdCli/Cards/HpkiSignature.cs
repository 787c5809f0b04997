using MedId.Cli.Documents;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Cli.Cards;

/// <summary>What came of a signature beside an HPKI certificate.</summary>
internal sealed record HpkiSignature(VerificationOutcome Outcome, MedIdError? Error, bool IsWeak, DocumentVerification? Document)
{
    public static Func<HpkiEvidence, HpkiSignature> Read(CallInput signature, HpkiPolicy policy, string? documentType, PathEvidence evidence, DateTimeOffset at)
    {
        var format = signature.Choice("format", ("pkcs1", 'p'), ("cms", 'c'), ("xml", 'x'));
        var value = signature.Binary("value");
        var data = format == 'p' ? signature.Binary("data") : signature.OptionalBinary("data");
        if (format == 'p')
        {
            var hash = signature.Text("hash") switch
            {
                "sha1" => DigestAlgorithm.Sha1,
                "sha256" => DigestAlgorithm.Sha256,
                "sha384" => DigestAlgorithm.Sha384,
                "sha512" => DigestAlgorithm.Sha512,
                _ => throw signature.Value("hash", "one of sha1, sha256, sha384, sha512"),
            };
            return signer => Bare(signer, policy.Algorithms.For(SignatureUse.DocumentSignature, at), hash, data!, value);
        }

        var rules = new HpkiDocumentPolicy { Certificates = policy, MinimumLevel = SignatureLevel.Plain };
        var coverage = format == 'x' ? XmlVerifyVerb.Coverage(signature) : null;
        return signer => Of(
            format == 'x'
                ? new HpkiDocumentVerifier(rules).VerifyXml(value, coverage!, documentType, evidence, at)
                : new HpkiDocumentVerifier(rules).VerifyCms(value, CallInput.Optional(data), documentType, evidence, at),
            signer.Certificate);
    }

    private static HpkiSignature Of(HpkiDocumentDecision decision, Certificate certificate)
    {
        var weak = decision.Signatures.Signers.Any(s => s.UsedWeakAlgorithm);
        return decision.IsAccepted && !decision.Signers.All(s => certificate.Equals(s.Report.Certificate))
            ? new(
                VerificationOutcome.Refused,
                new(SignaturesErrorCodes.CmsSigningCertificateMismatch, ErrorCategory.Untrusted, "RFC 5652 §5.3", "signed by another certificate than the one given"),
                weak,
                decision.Signatures)
            : new(decision.Outcome, decision.Error, weak, decision.Signatures);
    }

    /// <summary>A signature without a container, as cards make it: PKCS#1 v1.5, and DER where the key is elliptic.</summary>
    private static HpkiSignature Bare(HpkiEvidence signer, AlgorithmRule rule, DigestAlgorithm hash, byte[] data, byte[] value)
    {
        var algorithm = SignatureAlgorithm.All.FirstOrDefault(a => a.KeyKind == signer.Key.Kind && a.Hash == hash.Hash && a.X509Oid is not null && (a.IsRsaPkcs1 || a.Encoding == SignatureEncoding.DerSequence));
        if (algorithm is null || !rule.Allows(algorithm, signer.Key))
        {
            return Refused(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Policy);
        }

        return signer.Key.Verify(algorithm, data, value)
            ? new(VerificationOutcome.Accepted, null, rule.AllowsOnlyAsWeak(algorithm, signer.Key), null)
            : Refused(SignaturesErrorCodes.CmsSignatureInvalid, ErrorCategory.Untrusted);

        static HpkiSignature Refused(string code, ErrorCategory category) => new(VerificationOutcome.Refused, new(code, category, "RFC 8017 §8.2.2"), false, null);
    }
}
