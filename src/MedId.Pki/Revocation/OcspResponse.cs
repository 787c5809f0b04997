using System.Security.Cryptography;
using MedId.Core;

namespace MedId.Pki;

/// <summary>An OCSP response that is well formed (RFC 6960 §4.2). Whether it may be believed is for <see cref="OcspChecker"/> and <see cref="PathValidator"/> to say.</summary>
/// <remarks>Immutable and safe to use from any number of threads.</remarks>
public sealed class OcspResponse
{
    /// <summary>The longest response that is read, in bytes; with the certificates of a responder it has two to five thousand.</summary>
    public const int MaxBytes = 256 * 1024;

    private string? _sha256;

    internal OcspResponse(ReadOnlyMemory<byte> rawData, OcspResponseStatus status)
    {
        RawData = rawData;
        Status = status;
    }

    /// <summary>The whole response in DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Whether there is an answer; everything below is empty when there is none.</summary>
    public OcspResponseStatus Status { get; }

    /// <summary>The type of the answer, dotted; null when there is none. Only id-pkix-ocsp-basic is read.</summary>
    public string? ResponseType { get; internal init; }

    /// <summary>Whether the answer is of the one type that is read.</summary>
    public bool IsBasic => string.Equals(ResponseType, OcspReader.BasicType, StringComparison.Ordinal);

    /// <summary>What is signed: ResponseData.</summary>
    public ReadOnlyMemory<byte> TbsResponseData { get; internal init; }

    /// <summary>How it is signed; null when there is no answer.</summary>
    public AlgorithmIdentifier? SignatureAlgorithm { get; internal init; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; internal init; }

    /// <summary>The responder's name; null when it goes by its key.</summary>
    public DistinguishedName? ResponderName { get; internal init; }

    /// <summary>The SHA-1 of the responder's key; null when it goes by its name.</summary>
    public ReadOnlyMemory<byte>? ResponderKeyHash { get; internal init; }

    /// <summary>When the response was signed.</summary>
    public DateTimeOffset ProducedAt { get; internal init; }

    /// <summary>One answer for each certificate asked about, and maybe more.</summary>
    public IReadOnlyList<OcspSingleResponse> Responses { get; internal init; } = [];

    /// <summary>The request's nonce (RFC 9654 §2.1); null when the response has none.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; internal init; }

    /// <summary>Whether a certificate that was never issued is answered as revoked (RFC 6960 §4.4.8).</summary>
    public bool IsExtendedRevoke { get; internal init; }

    /// <summary>Certificates that came along to help; not signed, and nothing follows from their presence. Those that cannot be read are left out.</summary>
    public IReadOnlyList<Certificate> Certificates { get; internal init; } = [];

    /// <summary>Whether the response has a critical extension that is not understood; those of single responses are kept there.</summary>
    public bool HasUnknownCriticalExtension { get; internal init; }

    /// <summary>SHA-256 of <see cref="RawData"/> in lower-case hex.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(RawData.Span));

    /// <summary>Reads a response.</summary>
    /// <param name="der">The whole OCSPResponse in DER, nothing after it, at most <see cref="MaxBytes"/>. The bytes are kept, not copied: they must not change.</param>
    /// <returns>The response, also one with an error status; or <see cref="PkiErrorCodes.OcspMalformed"/>.</returns>
    public static MedIdResult<OcspResponse> Parse(ReadOnlyMemory<byte> der) => OcspReader.Read(der);

    /// <inheritdoc/>
    public override string ToString() => $"OCSP response {Sha256}";
}
