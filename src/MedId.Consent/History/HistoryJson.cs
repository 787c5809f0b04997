using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>The one form of entries, heads and receipts. What is read has to be the bytes that writing would give.</summary>
internal static class HistoryJson
{
    private const string EntryType = "medid-consent-history/1";
    private const string HeadType = "medid-consent-head/1";
    private const string ReceiptType = "medid-consent-receipt/1";
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int MaxText = 512;
    private const int MaxEntry = 16 * 1024;
    private const int DigestLength = 43;
    private const long MaxSequence = 9_007_199_254_740_991;
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(HistoryEntry entry) => Canonical(w =>
    {
        w.WriteString("at", Spell(entry.Event.At));
        w.WriteString("by", entry.Event.By);
        w.WriteString("consent", entry.Event.ConsentId);
        w.WriteString("content", entry.Event.ContentDigest);
        w.WriteString("event", ConsentLifeCycle.NameOf(entry.Event.Kind));
        w.WriteString("history", entry.HistoryId);
        w.WriteString("previous", entry.Previous);
        w.WriteNumber("sequence", entry.Sequence);
        w.WriteString("type", EntryType);
    });

    public static byte[] Write(HistoryHead head) => Canonical(w => WriteHead(w, head));

    public static byte[] Write(HistoryReceipt receipt) => Canonical(w =>
    {
        w.WriteStartObject("head");
        WriteHead(w, receipt.Head);
        w.WriteEndObject();
        w.WriteString("timestamp", StrictBase64Url.Encode(receipt.Timestamp.Span));
        w.WriteString("type", ReceiptType);
    });

    public static bool IsWritable(HistoryEntry entry) => IsText(entry.HistoryId) && IsText(entry.Event.ConsentId) && (entry.Event.By is null || IsText(entry.Event.By))
        && IsDigest(entry.Event.ContentDigest) && IsDigest(entry.Previous) && entry.Sequence is > 0 and <= MaxSequence && (entry.Previous is null) == (entry.Sequence == 1);

    public static MedIdResult<HistoryEntry> ReadEntry(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictJson.ParseObject(utf8, maxDepth: 2, maxBytes: MaxEntry);
        if (!json.Succeeded)
        {
            return Malformed("an entry is not JSON");
        }

        if (Text(json.Value, "type") != EntryType || Text(json.Value, "history") is not { } history || Text(json.Value, "consent") is not { } consent
            || Text(json.Value, "event") is not { } name || ConsentLifeCycle.KindOf(name) is not { } kind || ReadTime(Text(json.Value, "at")) is not { } at
            || Number(json.Value, "sequence") is not { } sequence)
        {
            return Malformed("an entry lacks a member");
        }

        var entry = new HistoryEntry
        {
            HistoryId = history,
            Sequence = sequence,
            Previous = Text(json.Value, "previous"),
            Event = new(consent, kind, at, Text(json.Value, "by"), Text(json.Value, "content")),
        };
        return IsWritable(entry) && Write(entry).AsSpan().SequenceEqual(utf8.Span) ? entry : Malformed("an entry is not in canonical form");
    }

    public static MedIdResult<HistoryReceipt> ReadReceipt(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictJson.ParseObject(utf8, maxDepth: 3, maxBytes: HistoryReceipt.MaxBytes);
        if (!json.Succeeded || Text(json.Value, "type") != ReceiptType || !json.Value.TryGetProperty("head", out var head) || head.ValueKind != JsonValueKind.Object)
        {
            return Malformed("not a receipt");
        }

        var timestamp = StrictBase64Url.Decode(Text(json.Value, "timestamp"), HistoryReceipt.MaxBytes);
        if (!timestamp.Succeeded || Text(head, "type") != HeadType || Text(head, "history") is not { } history || !IsText(history)
            || Number(head, "length") is not { } length || length < 1 || Text(head, "digest") is not { } digest || !IsDigest(digest) || ReadTime(Text(head, "at")) is not { } at)
        {
            return Malformed("a receipt lacks a member");
        }

        var receipt = new HistoryReceipt(new(history, length, digest, at), timestamp.Value);
        return Write(receipt).AsSpan().SequenceEqual(utf8.Span) ? receipt : Malformed("a receipt is not in canonical form");
    }

    public static MedIdError Malformed(string detail) => new(ConsentErrorCodes.HistoryMalformed, ErrorCategory.Malformed, "MedIdSdk consent history", detail);

    private static void WriteHead(Utf8JsonWriter writer, HistoryHead head)
    {
        writer.WriteString("at", head.At is { } at ? Spell(at) : null);
        writer.WriteString("digest", head.Digest);
        writer.WriteString("history", head.HistoryId);
        writer.WriteNumber("length", head.Length);
        writer.WriteString("type", HeadType);
    }

    private static byte[] Canonical(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Unescaped))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        // The members are written in the order of their names: where nothing was escaped either, this is the canonical form.
        if (!buffer.WrittenSpan.Contains((byte)'\\'))
        {
            return buffer.WrittenSpan.ToArray();
        }

        var canonical = JsonCanonicalizer.Canonicalize(JsonElement.Parse(buffer.WrittenSpan));
        return canonical.Succeeded ? canonical.Value : throw new InvalidOperationException(canonical.Error.ToString());
    }

    private static string Spell(DateTimeOffset time) => time.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture);

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    // A text with a lone surrogate has no UTF-8 form, so it would be written as something else.
    private static bool IsText(string text)
    {
        if (text.Length is 0 or > MaxText)
        {
            return false;
        }

        foreach (var rune in text.AsSpan().EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDigest(string? digest) => digest is null || (digest.Length == DigestLength && StrictBase64Url.IsCanonical(digest));
}
