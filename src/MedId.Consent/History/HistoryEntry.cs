using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>One link of a history: an event, its place, and the digest of the entry before. Its own digest is that of its canonical form.</summary>
public sealed record HistoryEntry
{
    /// <summary>The history.</summary>
    public required string HistoryId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The digest of the entry before, base64url; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>What happened.</summary>
    public required HistoryEvent Event { get; init; }

    /// <summary>base64url of the SHA-256 of <see cref="ToBytes"/>.</summary>
    public string Digest => StrictBase64Url.Encode(SHA256.HashData(ToBytes()));

    /// <summary>The canonical form (RFC 8785) that is digested and stored.</summary>
    /// <exception cref="InvalidOperationException">A text of the event is not valid Unicode.</exception>
    public byte[] ToBytes() => HistoryJson.Write(this);
}
