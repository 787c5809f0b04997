using System.Globalization;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Pki;

namespace MedId.Cli.Paths;

/// <summary><c>medid crl check</c>: <see cref="CrlChecker"/>. Accepted means that the CRLs may be believed, whatever they say.</summary>
internal sealed class CrlCheckVerb() : Verb("crl", "check", "what CRLs say about a certificate, if they may be believed (RFC 5280 §6.3)")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        _ = input.Raw("crls") ?? throw input.Missing("crls");
        _ = input.Raw("issuers") ?? throw input.Missing("issuers");
        var (crls, issuers) = (pki.Crls("crls"), pki.Certificates("issuers"));
        var anchors = input.Raw("trustAnchors") is null ? null : pki.Anchors("trustAnchors");
        var policy = new PathPolicy
        {
            Algorithms = common.Algorithms,
            Revocation = RevocationRequirement.Leaf with { MaxAge = input.OptionalSeconds("maxAgeSeconds") },
            AcceptLaterEvidence = input.Flag("acceptLaterEvidence"),
        };
        return () =>
        {
            if (pki.Error is { } unread)
            {
                return Answer.Refused(unread);
            }

            // Where no CRL could be read, why that is says more than that none is there.
            var malformed = crls.Count == 0 ? pki.Unread("crls") : null;
            return malformed is null ? Judge(CrlChecker.Check(certificate!, crls, issuers, anchors, policy, common.At), pki)
                : new() { Outcome = VerificationOutcome.Undetermined, Error = malformed, Members = writer => writer.WriteString("status", "unknown") };
        };
    }

    private static Answer Judge(CrlDecision decision, PkiInput pki) => new()
    {
        Outcome = decision.Outcome,
        Error = decision.Error,
        IsWeak = decision.UsedWeakAlgorithm,
        Members = writer =>
        {
            writer.WriteString("status", JsonWriting.Name(decision.Status));
            if (decision.Reason is not null)
            {
                writer.WriteString("reason", JsonWriting.Text(decision.Reason));
            }

            if (decision.RevokedAt is not null)
            {
                writer.WriteTime("revokedAt", decision.RevokedAt);
            }

            writer.WriteTexts("reasonsCovered", Enum.GetValues<RevocationReasons>().Where(r => Single(r) && decision.ReasonsCovered.HasFlag(r)).Select(JsonWriting.Text));
            writer.WritePropertyName("crlNumber");
            writer.WriteRawValue(decision.CrlNumber?.ToString(CultureInfo.InvariantCulture) ?? "null");
            writer.WriteTime("thisUpdate", decision.ThisUpdate);
            writer.WriteTime("nextUpdate", decision.NextUpdate);
            writer.WriteSource(decision.Source);
            pki.WriteUnread(writer);
        },
    };

    private static bool Single(RevocationReasons reason) => System.Numerics.BitOperations.PopCount((uint)reason) == 1;
}
