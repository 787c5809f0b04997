using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki.Differential.Tests;

/// <summary>What this library says.</summary>
internal static class OurVerdict
{
    public static Verdict Judge(DiffCase asked)
    {
        var target = Certificate.Parse(asked.Target);
        if (!target.Succeeded)
        {
            return Verdict.No(Text(target.Error));
        }

        var anchor = TrustAnchor.FromCertificate(Certificate.Parse(asked.Anchor).Value!);
        var between = asked.Intermediates.Select(der => Certificate.Parse(der)).ToList();
        var crl = asked.Crl is null ? null : CertificateRevocationList.Parse(asked.Crl);
        var ocsp = asked.Ocsp is null ? null : OcspResponse.Parse(asked.Ocsp);
        var evidence = new PathEvidence
        {
            Certificates = [.. between.Where(certificate => certificate.Succeeded).Select(certificate => certificate.Value!)],
            Crls = crl is { Succeeded: true } ? [crl.Value] : [],
            OcspResponses = ocsp is { Succeeded: true } ? [ocsp.Value] : [],
        };
        var decision = PathValidator.Validate(target.Value, [anchor], evidence, Policy(asked), asked.At);
        if (decision.IsAccepted)
        {
            return Verdict.Yes;
        }

        // What could not be read is the reason, not that it is missing.
        var unread = between.FirstOrDefault(certificate => !certificate.Succeeded)?.Error
            ?? (crl is { Succeeded: false } ? crl.Error : null)
            ?? (ocsp is { Succeeded: false } ? ocsp.Error : null);
        var why = decision.Revocation.FirstOrDefault(finding => finding.Why is not null)?.Why;
        return Verdict.No(Text(unread ?? (decision.Error.Code == PkiErrorCodes.RevocationUnknown ? why : null) ?? decision.Error));
    }

    private static PathPolicy Policy(DiffCase asked) => new()
    {
        Algorithms = AlgorithmPolicy.Default,
        Revocation = asked.Crl is null && asked.Ocsp is null
            ? RevocationRequirement.NotRequired
            : RevocationRequirement.Leaf with { ClockSkew = asked.Ocsp is null ? TimeSpan.Zero : TimeSpan.FromDays(3650) },
        InitialPolicies = asked.Policy is null ? null : [asked.Policy],
        RequireExplicitPolicy = asked.Policy is not null,
    };

    private static string Text(MedIdError error) => error.Detail is null ? $"{error.Code} [{error.Section}]" : $"{error.Code} [{error.Section}] {error.Detail}";
}
