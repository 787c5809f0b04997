using MedId.Cli.Frame;
using MedId.Pki;

namespace MedId.Cli.Paths;

/// <summary><c>medid ocsp check</c>: <see cref="OcspChecker"/>. Accepted means that the response may be believed, whatever it says.</summary>
internal sealed class OcspCheckVerb() : Verb("ocsp", "check", "what an OCSP response says about a certificate, if it may be believed (RFC 6960)")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var (response, certificate, issuer) = (input.Binary("response"), pki.Certificate("certificate"), pki.Certificate("issuer"));
        var (request, nonce) = (input.OptionalBinary("request"), input.OptionalBinary("nonce"));
        if (request is not null && nonce is not null)
        {
            throw input.Value("nonce", "not beside request, which has it");
        }

        var asked = request is null ? null : OcspRequest.Parse(request);
        var expectations = new OcspExpectations
        {
            Algorithms = common.Algorithms,
            Nonce = asked is null ? CallInput.Optional(nonce) : asked.Value?.Nonce,
            RequireNonce = input.Flag("requireNonce"),
            MaxAge = input.OptionalSeconds("maxAgeSeconds"),
            ClockSkew = input.OptionalSeconds("clockSkewSeconds") ?? TimeSpan.Zero,
            AcceptLaterEvidence = input.Flag("acceptLaterEvidence"),
            ResponderCertificates = pki.Certificates("responderCertificates"),
            TrustedResponders = pki.Certificates("trustedResponders"),
            ResponderRevocation = input.OptionalChoice<ResponderRevocation>("responderRevocation", ("nocheck", ResponderRevocation.AsCertificateSays), ("require", ResponderRevocation.Required))
                ?? ResponderRevocation.AsCertificateSays,
            Crls = pki.Crls("crls"),
        };
        return () => (pki.Error ?? asked?.Error) is { } unread
            ? Answer.Refused(unread)
            : Judge(OcspChecker.Check(response, certificate!, issuer!, expectations, common.At), pki);
    }

    private static Answer Judge(OcspDecision decision, PkiInput pki) => new()
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

            writer.WriteTime("thisUpdate", decision.ThisUpdate);
            if (decision.NextUpdate is not null)
            {
                writer.WriteTime("nextUpdate", decision.NextUpdate);
            }

            writer.WriteTime("producedAt", decision.ProducedAt);
            if (decision.Responder is { } responder)
            {
                writer.WriteStartObject("responder");
                writer.WriteString("by", responder.ByKey ? "key" : "name");
                writer.WriteBoolean("delegated", responder.Kind == OcspResponderKind.Delegated);
                writer.WriteString("right", JsonWriting.Name(responder.Kind));
                writer.WriteString("certificate", responder.Certificate?.Sha256);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteNull("responder");
            }

            pki.WriteUnread(writer);
        },
    };
}
