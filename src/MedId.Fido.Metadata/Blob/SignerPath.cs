using MedId.Core;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>Whether the signer of a BLOB is the metadata service: its path, revocation and name. FIDO MDS 3.0 §3.2 step 4.</summary>
internal static class SignerPath
{
    private const string CommonName = "2.5.4.3";

    public static MetadataBlobDecision Validate(IReadOnlyList<Certificate> certificates, MetadataBlobRules rules)
    {
        var leaf = certificates[0];
        if (rules.SignerName is { } name && !IsNamed(leaf, name))
        {
            return MetadataBlob.Refuse(Error(MetadataErrorCodes.SignerName, "the certificate is of another name"));
        }

        List<TrustAnchor> anchors = [.. rules.Roots.Where(root => root.CountsAt(rules.At)).Select(root => root.Anchor)];
        if (anchors.Count == 0)
        {
            return MetadataBlob.Refuse(Error(MetadataErrorCodes.RootNotInTime, "none of the configured roots counts at this time"));
        }

        // Any path to any root will do: what else the service sends along (a cross-signed root, the root itself, another order) does no harm.
        var evidence = rules.Evidence with { Certificates = [.. certificates.Skip(1), .. rules.Evidence.Certificates] };
        var policy = new PathPolicy { Algorithms = rules.Algorithms, Revocation = rules.Revocation, RequiredKeyUsage = KeyUsages.DigitalSignature };
        var decision = PathValidator.Validate(leaf, anchors, evidence, policy, rules.At);
        return decision.IsAccepted
            ? new() { Outcome = VerificationOutcome.Accepted, Signer = decision }
            : MetadataBlob.Refuse(
                decision.Outcome == VerificationOutcome.Undetermined
                    ? new(MetadataErrorCodes.SignerUndetermined, ErrorCategory.State, MetadataSections.Processing, decision.Error.Code)
                    : Error(MetadataErrorCodes.SignerUntrusted, decision.Error.Code),
                isOpen: decision.Outcome == VerificationOutcome.Undetermined)
                with
            { Signer = decision };
    }

    // RFC 6125 §6.4.4: the common name speaks only where no DNS name does. No wildcard stands for the service.
    private static bool IsNamed(Certificate leaf, string name)
    {
        var alternatives = leaf.Extensions.SubjectAlternativeName?.OfType<GeneralName.DnsName>().ToList() ?? [];
        return alternatives.Count > 0
            ? alternatives.Exists(alternative => string.Equals(alternative.Value, name, StringComparison.OrdinalIgnoreCase))
            : string.Equals(leaf.Subject.Find(CommonName), name, StringComparison.OrdinalIgnoreCase);
    }

    private static MedIdError Error(string code, string detail) => new(code, ErrorCategory.Untrusted, MetadataSections.Processing, detail);
}
