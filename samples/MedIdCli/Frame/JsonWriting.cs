using System.Globalization;
using System.Text.Json;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Cli.Frame;

/// <summary>How the answers spell times, bytes and names.</summary>
internal static class JsonWriting
{
    public static string Text(DateTimeOffset time) =>
        time.ToUniversalTime().ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Text(ReadOnlySpan<byte> bytes) => StrictBase64Url.Encode(bytes);

    /// <summary>An enumeration's value as JSON spells names.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? time) => writer.WriteString(name, time is { } value ? Text(value) : null);

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>A reason as RFC 5280 §5.3.1 spells it.</summary>
    public static string? Text(CrlReason? reason) => reason switch
    {
        null => null,
        CrlReason.CaCompromise => "cACompromise",
        CrlReason.AaCompromise => "aACompromise",
        CrlReason.RemoveFromCrl => "removeFromCRL",
        { } other => Name(other),
    };

    /// <summary>A reason as RFC 5280 §4.2.1.13 spells it.</summary>
    public static string Text(RevocationReasons reason) => reason switch
    {
        RevocationReasons.CaCompromise => "cACompromise",
        RevocationReasons.AaCompromise => "aACompromise",
        _ => Name(reason),
    };

    public static void WriteFinding(this Utf8JsonWriter writer, RevocationFinding finding)
    {
        writer.WriteString("certificate", finding.Certificate.Sha256);
        writer.WriteString("status", Name(finding.Status));
        if (finding.Reason is not null)
        {
            writer.WriteString("reason", Text(finding.Reason));
        }

        if (finding.RevokedAt is { } time)
        {
            writer.WriteString("time", Text(time));
        }

        writer.WriteSource(finding.Source);
        if (finding.Why is { } why)
        {
            writer.WriteString("code", why.Code);
        }
    }

    public static void WriteSource(this Utf8JsonWriter writer, EvidenceSource? source)
    {
        if (source is null)
        {
            writer.WriteNull("source");
            return;
        }

        writer.WriteStartObject("source");
        writer.WriteString("kind", source.Kind switch
        {
            EvidenceSourceKind.Crl => "crl",
            EvidenceSourceKind.DeltaCrl => "delta",
            _ => "ocsp",
        });
        writer.WriteString("sha256", source.Sha256);
        writer.WriteTime("thisUpdate", source.ThisUpdate);
        if (source.NextUpdate is not null)
        {
            writer.WriteTime("nextUpdate", source.NextUpdate);
        }

        writer.WriteEndObject();
    }
}
