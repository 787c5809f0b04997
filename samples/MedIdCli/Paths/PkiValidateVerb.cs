using System.Security.Cryptography;
using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Pki;

namespace MedId.Cli.Paths;

/// <summary><c>medid pki validate</c>: <see cref="PathValidator"/>.</summary>
internal sealed class PkiValidateVerb() : Verb("pki", "validate", "a certificate's path to an anchor, with revocation (RFC 5280 §6)")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        _ = input.Raw("trustAnchors") ?? throw input.Missing("trustAnchors");
        var anchors = pki.Anchors("trustAnchors");
        var evidence = pki.Evidence();
        var policy = new PathPolicy
        {
            Algorithms = common.Algorithms,
            Revocation = PkiInput.Revocation(input.OptionalObject("revocation")) ?? throw input.Missing("revocation"),
            CheckAnchorValidity = input.Flag("checkAnchorValidity", otherwise: true),
            AcceptLaterEvidence = input.Flag("acceptLaterEvidence"),
            InitialPolicies = input.OptionalTexts("initialPolicies"),
            RequireExplicitPolicy = input.Flag("explicitPolicy"),
            InhibitPolicyMapping = input.Flag("inhibitPolicyMapping"),
            InhibitAnyPolicy = input.Flag("inhibitAnyPolicy"),
            PermittedSubtrees = pki.Subtrees("permittedSubtrees"),
            ExcludedSubtrees = pki.Subtrees("excludedSubtrees"),
            MaxPathLength = input.OptionalNumber("maxPathLength", 1, 64) ?? 8,
            RequiredKeyUsage = pki.KeyUsage("keyUsages"),
            RequiredExtendedKeyUsages = pki.ExtendedKeyUsages("extendedKeyUsages"),
            Explain = common.Explain,
        };

        return () => pki.Error is { } unread
            ? Answer.Refused(unread, writer => WriteRefusedAt(writer, certificate is null ? 0 : null, unread.Section))
            : Judge(PathValidator.Validate(certificate!, anchors, evidence, policy, common.At), pki);
    }

    /// <summary>The path by the digests of its certificates, the anchor last; an anchor without a certificate by the digest of its key.</summary>
    public static void WritePath(Utf8JsonWriter writer, PathDecision decision)
    {
        var path = decision.Path.Select(c => c.Sha256).ToList();
        if (decision.Anchor is { } anchor)
        {
            var last = anchor.Certificate?.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(anchor.PublicKey!.ExportSubjectPublicKeyInfo()));
            if (path.Count == 0 || !string.Equals(path[^1], last, StringComparison.Ordinal))
            {
                path.Add(last);
            }
        }

        writer.WriteTexts("path", path);
    }

    public static void WriteFindings(Utf8JsonWriter writer, IEnumerable<RevocationFinding> findings)
    {
        writer.WriteStartArray("revocation");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteFinding(finding);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Answer Judge(PathDecision decision, PkiInput pki) => new()
    {
        Outcome = decision.Outcome,
        Error = decision.Error,
        IsWeak = decision.UsedWeakAlgorithm,
        Steps = [.. decision.Steps.Select(Answer.Step.Of)],
        Members = writer =>
        {
            WritePath(writer, decision);
            writer.WriteTexts("policies", decision.Policies);
            WriteFindings(writer, decision.Revocation);
            if (!decision.IsAccepted)
            {
                WriteRefusedAt(writer, decision.RefusedCertificate, decision.Error.Section);
            }

            pki.WriteUnread(writer);
        },
    };

    private static void WriteRefusedAt(Utf8JsonWriter writer, int? certificate, string section)
    {
        writer.WriteStartObject("refusedAt");
        if (certificate is { } index)
        {
            writer.WriteNumber("certificate", index);
        }
        else
        {
            writer.WriteNull("certificate");
        }

        writer.WriteString("section", section);
        writer.WriteEndObject();
    }
}
