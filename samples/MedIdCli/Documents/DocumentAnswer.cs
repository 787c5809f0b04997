using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Signatures;

namespace MedId.Cli.Documents;

/// <summary>What came of verifying a signed document, for all formats alike.</summary>
internal static class DocumentAnswer
{
    public static Answer Of(DocumentVerification verification, PkiInput pki, bool explain) => new()
    {
        Outcome = verification.Outcome,
        Error = verification.Error,
        IsWeak = verification.Signers.Any(s => s.UsedWeakAlgorithm),
        Steps = explain ? [.. verification.Signers.SelectMany(s => s.Steps).Select(Answer.Step.Of)] : [],
        Members = writer =>
        {
            Write(writer, verification);
            pki.WriteUnread(writer);
        },
    };

    public static string? Level(DocumentVerification verification) => verification.Signers.Count == 0 ? null : Name(verification.Level);

    public static void Write(Utf8JsonWriter writer, DocumentVerification verification)
    {
        writer.WriteString("level", Level(verification));
        writer.WriteString("indication", verification.Indication.ToString());
        WriteAll(writer, "signers", verification.Signers, WriteSigner);
        WriteAll(writer, "timestamps", verification.Signers.SelectMany(s => s.Timestamps), WriteTimestamp);
        WriteAll(writer, "covered", verification.Signers.SelectMany(s => s.Covered), WriteCovered);
    }

    private static string Name(SignatureLevel level) => level switch
    {
        SignatureLevel.BaselineB => "B",
        SignatureLevel.BaselineT => "T",
        SignatureLevel.BaselineLT => "LT",
        _ => "plain",
    };

    private static void WriteSigner(Utf8JsonWriter writer, SignerReport signer)
    {
        writer.WriteString("outcome", Answer.Name(signer.Outcome));
        writer.WriteString("code", signer.Error?.Code);
        writer.WriteString("indication", signer.Indication.ToString());
        writer.WriteString("certificate", signer.Certificate?.Sha256);
        writer.WriteString("subject", signer.Certificate?.Subject.ToString());
        writer.WriteString("algorithm", signer.Algorithm?.Name);
        writer.WriteString("level", Name(signer.Level));
        writer.WriteTime("claimedSigningTime", signer.ClaimedSigningTime);
        writer.WriteTime("bestSignatureTime", signer.BestSignatureTime);
        writer.WriteTime("judgedAt", signer.JudgedAt);
        WriteAll(writer, "notJudged", signer.NotJudged, (w, element) =>
        {
            w.WriteString("identifier", element.Identifier);
            w.WriteString("name", element.Name);
        });
    }

    private static void WriteTimestamp(Utf8JsonWriter writer, TimestampReport timestamp)
    {
        writer.WriteString("outcome", Answer.Name(timestamp.Outcome));
        writer.WriteString("code", timestamp.Error?.Code);
        writer.WriteString("kind", JsonWriting.Name(timestamp.Kind));
        writer.WriteTime("time", timestamp.Time);
        writer.WriteString("policy", timestamp.Token?.Info.PolicyOid);
        writer.WriteString("certificate", timestamp.Certificate?.Sha256);
    }

    private static void WriteCovered(Utf8JsonWriter writer, CoveredContent covered)
    {
        writer.WriteString("kind", JsonWriting.Name(covered.Kind));
        writer.WriteString("reference", covered.Reference);
        writer.WriteString("element", covered.ElementPath);
        writer.WriteBoolean("wholeDocument", covered.IsWholeDocument);
        writer.WriteString("digestAlgorithm", covered.DigestAlgorithm.ToString());
        writer.WriteString("digest", JsonWriting.Text(covered.Digest.Span));
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
