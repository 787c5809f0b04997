using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>A request about one certificate (RFC 6960 §4.1, RFC 5019 §2.1, RFC 9654): not signed, without requestor.</summary>
public sealed class OcspRequest
{
    /// <summary>The most octets of a nonce (RFC 9654 §2.1).</summary>
    public const int MaxNonceBytes = 128;

    /// <summary>How many octets <see cref="NewNonce"/> gives: the least that RFC 9654 §2.1 asks of a client.</summary>
    public const int NonceBytes = 32;

    private const string Section = "RFC 6960 §4.1.1";
    private const int MaxBytes = 4096;

    private OcspRequest(ReadOnlyMemory<byte> rawData, OcspCertId certId, ReadOnlyMemory<byte>? nonce)
    {
        RawData = rawData;
        CertId = certId;
        Nonce = nonce;
    }

    /// <summary>The request in DER, as it is sent.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The certificate asked about.</summary>
    public OcspCertId CertId { get; }

    /// <summary>The nonce that the response has to repeat; null when there is none, so that caches may answer.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>Makes a request.</summary>
    /// <param name="certificate">The certificate to ask about.</param>
    /// <param name="issuer">The certificate of its issuer, for the key.</param>
    /// <param name="hash">The hash of the CertID; null for SHA-1, which every responder understands (RFC 5019 §2.1.1) and which only names here.</param>
    /// <param name="nonce">1 to <see cref="MaxNonceBytes"/> octets, best from <see cref="NewNonce"/>; null for none.</param>
    /// <exception cref="ArgumentException">A nonce of another length, or an issuer whose key cannot be read.</exception>
    public static OcspRequest Build(Certificate certificate, Certificate issuer, DigestAlgorithm? hash = null, ReadOnlyMemory<byte>? nonce = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        var key = issuer.ReadPublicKey();
        return key.Succeeded
            ? Build(certificate, OcspIssuer.Of(issuer.Subject, key.Value, issuer), hash ?? DigestAlgorithm.Sha1, nonce)
            : throw new ArgumentException("The issuer's key cannot be used: " + key.Error, nameof(issuer));
    }

    /// <summary>A nonce of <see cref="NonceBytes"/> random octets.</summary>
    public static ReadOnlyMemory<byte> NewNonce() => RandomNumberGenerator.GetBytes(NonceBytes);

    /// <summary>Reads a request about one certificate, e.g. to compare its response with it.</summary>
    /// <param name="der">The whole OCSPRequest in DER; a signature over it is not looked at.</param>
    public static MedIdResult<OcspRequest> Parse(ReadOnlyMemory<byte> der)
    {
        if (der.Length > MaxBytes)
        {
            return new MedIdError(PkiErrorCodes.OcspMalformed, ErrorCategory.Malformed, Section, "more bytes than a request about one certificate has");
        }

        try
        {
            return Read(der);
        }
        catch (AsnContentException e)
        {
            return ProfileException.ToError(e, PkiErrorCodes.OcspMalformed, Section);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"OCSP request, {CertId}{(Nonce is null ? string.Empty : ", with nonce")}";

    internal static OcspRequest Build(Certificate certificate, in OcspIssuer issuer, DigestAlgorithm hash, ReadOnlyMemory<byte>? nonce)
    {
        if (nonce is { Length: < 1 or > MaxNonceBytes })
        {
            throw new ArgumentException($"A nonce has 1 to {MaxNonceBytes} octets (RFC 9654 §2.1).", nameof(nonce));
        }

        var id = OcspCertId.Of(certificate, issuer, hash);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(id.HashOid);
                    writer.WriteNull();
                }

                writer.WriteOctetString(id.IssuerNameHash.Span);
                writer.WriteOctetString(id.IssuerKeyHash.Span);
                writer.WriteInteger(id.SerialNumber.Span);
            }

            if (nonce is { } value)
            {
                WriteNonce(writer, value.Span);
            }
        }

        return new(writer.Encode(), id, nonce);
    }

    private static void WriteNonce(AsnWriter writer, ReadOnlySpan<byte> nonce)
    {
        using (writer.PushSequence(DerReader.Context(2)))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(OcspReader.NonceExtension);
            using (writer.PushOctetString())
            {
                writer.WriteOctetString(nonce);
            }
        }
    }

    private static OcspRequest Read(ReadOnlyMemory<byte> der)
    {
        var request = DerReader.Whole(der);
        var tbs = request.ReadSequence();
        if (request.HasData)
        {
            request.ReadSequence(DerReader.Context(0));
            request.ThrowIfNotEmpty();
        }

        for (var number = 0; number <= 1; number++)
        {
            if (tbs.IsNext(DerReader.Context(number)))
            {
                tbs.ReadEncodedValue();
            }
        }

        var list = tbs.ReadSequence();
        var single = list.ReadSequence();
        var id = OcspCertId.Read(ref single);
        list.ThrowIfNotEmpty();
        ReadOnlyMemory<byte>? nonce = null;
        if (tbs.HasData)
        {
            var wrapper = tbs.ReadSequence(DerReader.Context(2));
            var extensions = ExtensionReader.ReadExtensions(wrapper.ReadSequence());
            wrapper.ThrowIfNotEmpty();
            tbs.ThrowIfNotEmpty();
            nonce = Array.Find(extensions, e => string.Equals(e.Oid, OcspReader.NonceExtension, StringComparison.Ordinal)) is { } found ? OcspReader.ReadNonce(found.Value) : default(ReadOnlyMemory<byte>?);
        }

        return new(der, id, nonce);
    }
}
