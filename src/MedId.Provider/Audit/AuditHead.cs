using MedId.Core;
using MedId.Signatures;

namespace MedId.Provider;

/// <summary>The end of a tenant's audit trail: with it nothing before can be changed unseen. Keep it where whoever writes the trail cannot write, time-stamped where that is possible.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Length">How many entries; 0 before the first.</param>
/// <param name="Digest">The digest of the last entry; null before the first.</param>
/// <param name="At">The time of the last entry; null before the first.</param>
public sealed record AuditHead(TenantId Tenant, long Length, string? Digest, DateTimeOffset? At)
{
    /// <summary>The head of a trail without entries.</summary>
    /// <param name="tenant">The tenant.</param>
    public static AuditHead Empty(TenantId tenant) => new(tenant, 0, null, null);

    /// <summary>The head after an entry.</summary>
    /// <param name="last">The last entry.</param>
    public static AuditHead After(AuditEntry last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return After(last, last.ToBytes());
    }

    /// <summary>The head after an entry whose canonical form is at hand.</summary>
    internal static AuditHead After(AuditEntry last, ReadOnlySpan<byte> bytes) => new(last.Tenant, last.Sequence, AuditEntry.DigestOf(bytes), last.Line.At);

    /// <summary>The canonical form (RFC 8785): what a time-stamp is taken over.</summary>
    public byte[] ToBytes() => AuditJson.Write(this);

    /// <summary>Links a line to the end. Pure: the caller stores the entry in one atomic step that fails when the stored end is no longer this one.</summary>
    /// <param name="line">What happened. Its time is what the node's clock said: the order is that of the places, and a clock that was wrong once does not date what comes after.</param>
    public AuditEntry Append(AuditLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new() { Tenant = Tenant, Sequence = Length + 1, Previous = Digest, Line = line with { At = AuditJson.WholeMicroseconds(line.At) } };
    }

    /// <summary>Asks for a time-stamp over this head (RFC 3161).</summary>
    /// <exception cref="InvalidOperationException">The trail is empty.</exception>
    public TimestampRequest RequestTimestamp() =>
        Length > 0 ? TimestampRequest.Create(ToBytes()) : throw new InvalidOperationException("An empty trail has nothing to prove.");
}
