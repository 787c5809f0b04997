using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Cli.Documents;
using MedId.Cli.Frame;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Cli.Consents;

/// <summary><c>medid consent verify</c>: <see cref="ArtefactVerifier"/>; XML against <c>trustAnchors</c>, a JWS against <c>keys</c> (JWK).</summary>
internal sealed class ConsentVerifyVerb() : Verb("consent", "verify", "who signed a consent artefact, and what exactly")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var given = ConsentInput.Read(input);
        var keys = input.OptionalRawObjects("keys");
        if (given.Jws is { } jws)
        {
            _ = input.Raw("trustAnchors");
            var set = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes("{\"keys\":[" + string.Join(',', keys ?? throw input.Missing("keys")) + "]}"));
            return () => !set.Succeeded ? Answer.Refused(set.Error) : Of(ArtefactVerifier.VerifyJws([jws], Policy(common, new() { Role = ArtefactSignerRole.Collector, Keys = set.Value }), common.At, given.Format));
        }

        var pki = new PkiInput(input);
        var documents = DocumentInput.Read(input, common, pki);
        return () => pki.Error is { } unread ? Answer.Refused(unread)
            : Of(ArtefactVerifier.VerifyXml(
                given.Bytes, Policy(common, new() { Role = ArtefactSignerRole.Collector, Anchors = documents.Policy.Anchors }) with { Documents = documents.Policy }, documents.Evidence, common.At));
    }

    // The caller says whom it trusts, not as what: the answer names certificates and keys.
    private static ArtefactVerificationPolicy Policy(CommonInput common, ArtefactSignerRule rule) => new() { Signers = [rule], Algorithms = common.Algorithms, Type = null };

    private static Answer Of(ArtefactVerification<ConsentArtefact> verification) => new()
    {
        Outcome = verification.Outcome,
        Error = verification.Error,
        IsWeak = verification.Signatures.Any(s => s.Report?.UsedWeakAlgorithm == true),
        Members = writer =>
        {
            writer.WriteStartArray("signatures");
            foreach (var signature in verification.Signatures)
            {
                WriteSignature(writer, signature);
            }

            writer.WriteEndArray();
            if (verification.Content is { } content)
            {
                ConsentAnswer.Write(writer, "record", content);
            }
        },
    };

    private static void WriteSignature(Utf8JsonWriter writer, ArtefactSignature signature)
    {
        writer.WriteStartObject();
        writer.WriteString("outcome", Answer.Name(signature.Outcome));
        writer.WriteString("code", signature.Error?.Code);
        writer.WriteString("certificate", signature.Certificate?.Sha256);
        writer.WriteString("subject", signature.Certificate?.Subject.ToString());
        writer.WriteString("keyId", signature.KeyId);
        writer.WriteString("algorithm", signature.Algorithm?.Name);
        writer.WriteTime("claimedSigningTime", signature.ClaimedTime);
        writer.WriteString("coveredSha256", signature.Covered.IsEmpty ? null : JsonWriting.Text(SHA256.HashData(signature.Covered.Span)));
        writer.WriteEndObject();
    }
}
