using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>One link of a tenant's audit trail: what happened, its place, and the digest of the entry before. Its own digest is that of its canonical form. It is not the FHIR resource; <see cref="FhirAuditEvents"/> writes that.</summary>
public sealed record AuditEntry
{
    /// <summary>The largest canonical form that is read, in bytes.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its place in the tenant's trail, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The digest of the entry before, base64url; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>What happened.</summary>
    public required AuditLine Line { get; init; }

    /// <summary>base64url of the SHA-256 of <see cref="ToBytes"/>.</summary>
    public string Digest => DigestOf(ToBytes());

    /// <summary>The canonical form (RFC 8785) that is digested and stored.</summary>
    public byte[] ToBytes() => AuditJson.Write(this);

    /// <summary>Reads a canonical form.</summary>
    /// <param name="utf8">What <see cref="ToBytes"/> gave.</param>
    /// <returns>The entry, or <c>provider.audit_malformed</c> also for JSON that says the same in another form.</returns>
    public static MedIdResult<AuditEntry> Parse(ReadOnlyMemory<byte> utf8) => AuditJson.Read(utf8);

    /// <summary>Place and event.</summary>
    public override string ToString() => $"{Sequence} {Line}";

    internal static string DigestOf(ReadOnlySpan<byte> bytes) => StrictBase64Url.Encode(SHA256.HashData(bytes));
}
