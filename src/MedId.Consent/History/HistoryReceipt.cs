using MedId.Core;

namespace MedId.Consent;

/// <summary>What the patient keeps: the head of the history and a time-stamp over it. It holds nothing that tells about the person, and is verified offline by <see cref="ConsentHistory.Verify"/>.</summary>
/// <param name="Head">The head.</param>
/// <param name="Timestamp">An RFC 3161 token over <see cref="HistoryHead.ToBytes"/>.</param>
public sealed record HistoryReceipt(HistoryHead Head, ReadOnlyMemory<byte> Timestamp)
{
    /// <summary>The largest receipt that is read, in bytes: a token with validation data inside may be long.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>The receipt as canonical JSON.</summary>
    public byte[] ToBytes() => HistoryJson.Write(this);

    /// <summary>Reads a receipt.</summary>
    /// <param name="utf8">What <see cref="ToBytes"/> gave.</param>
    /// <returns>The receipt, or <c>consent.history_malformed</c>. Nothing of it is verified.</returns>
    public static MedIdResult<HistoryReceipt> Parse(ReadOnlyMemory<byte> utf8) => HistoryJson.ReadReceipt(utf8);
}
