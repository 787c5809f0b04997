using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Pki;

/// <summary>Reads OCSPResponse (RFC 6960 §4.2.1) in DER.</summary>
internal static class OcspReader
{
    public const string BasicType = "1.3.6.1.5.5.7.48.1.1";
    public const string NonceExtension = "1.3.6.1.5.5.7.48.1.2";

    private const string Section = "RFC 6960 §4.2.1";
    private const string CrlReferences = "1.3.6.1.5.5.7.48.1.3";
    private const string ArchiveCutoff = "1.3.6.1.5.5.7.48.1.6";
    private const string ExtendedRevoke = "1.3.6.1.5.5.7.48.1.9";

    /// <summary>RFC 6962 §3.3: says something about the certificate's publication, nothing about its revocation.</summary>
    private const string SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.5";
    private const int MaxCertificates = 16;
    private const int MaxResponses = 1024;
    private const int KeyHashLength = 20;

    private static readonly Asn1Tag Revoked = new(TagClass.ContextSpecific, 1);

    public static MedIdResult<OcspResponse> Read(ReadOnlyMemory<byte> der)
    {
        if (der.Length > OcspResponse.MaxBytes)
        {
            return new MedIdError(PkiErrorCodes.OcspMalformed, ErrorCategory.Malformed, Section, "more bytes than allowed");
        }

        try
        {
            return ReadResponse(der);
        }
        catch (AsnContentException e)
        {
            return ProfileException.ToError(e, PkiErrorCodes.OcspMalformed, Section);
        }
    }

    /// <summary>Reads the nonce: an OCTET STRING inside extnValue, of 1 to 128 octets (RFC 9654 §2.1).</summary>
    public static ReadOnlyMemory<byte> ReadNonce(ReadOnlyMemory<byte> der)
    {
        var value = new DerReader(der);
        var nonce = value.ReadOctetString();
        value.ThrowIfNotEmpty();
        return nonce.Length is >= 1 and <= OcspRequest.MaxNonceBytes ? nonce : throw new ProfileException("A nonce has 1 to 128 octets.", "RFC 9654 §2.1");
    }

    private static OcspResponse ReadResponse(ReadOnlyMemory<byte> der)
    {
        var response = DerReader.Whole(der);
        var status = (OcspResponseStatus)response.ReadEnumerated();
        if (status is < OcspResponseStatus.Successful or > OcspResponseStatus.Unauthorized or (OcspResponseStatus)4)
        {
            throw new ProfileException("No response status of the standard.");
        }

        if (status != OcspResponseStatus.Successful)
        {
            // §4.2.1: an error has no bytes.
            response.ThrowIfNotEmpty();
            return new(der, status);
        }

        var wrapper = response.ReadSequence(DerReader.Context(0));
        response.ThrowIfNotEmpty();
        var bytes = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        var type = bytes.ReadOid();
        var content = bytes.ReadOctetString();
        bytes.ThrowIfNotEmpty();
        return string.Equals(type, BasicType, StringComparison.Ordinal) ? ReadBasic(der, content) : new(der, status) { ResponseType = type };
    }

    private static OcspResponse ReadBasic(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> content)
    {
        var basic = DerReader.Whole(content);
        var tbs = basic.PeekEncodedValue();
        var data = basic.ReadSequence();
        var algorithm = AlgorithmIdentifier.Read(ref basic);
        var signature = basic.ReadBitString(out var unusedBits);
        var certificates = basic.IsNext(DerReader.Context(0)) ? ReadCertificates(ref basic) : [];
        basic.ThrowIfNotEmpty();
        if (unusedBits != 0)
        {
            throw new ProfileException("A signature is made of bytes.");
        }

        ReadVersion(ref data);
        var (name, keyHash) = ReadResponderId(ref data);
        var producedAt = data.ReadGeneralizedTime();
        var responses = ReadResponses(data.ReadSequence());
        var extensions = ReadExtensions(ref data, DerReader.Context(1));
        data.ThrowIfNotEmpty();
        ReadOnlyMemory<byte>? nonce = null;
        var extendedRevoke = false;
        var unknown = false;
        foreach (var extension in extensions)
        {
            switch (extension.Oid)
            {
                case NonceExtension:
                    nonce = ReadNonce(extension.Value);
                    break;
                case ExtendedRevoke:
                    extendedRevoke = true;
                    break;
                default:
                    unknown |= extension.Critical;
                    break;
            }
        }

        return new(der, OcspResponseStatus.Successful)
        {
            ResponseType = BasicType,
            TbsResponseData = tbs,
            SignatureAlgorithm = algorithm,
            Signature = signature,
            ResponderName = name,
            ResponderKeyHash = keyHash,
            ProducedAt = producedAt,
            Responses = responses,
            Nonce = nonce,
            IsExtendedRevoke = extendedRevoke,
            Certificates = certificates,
            HasUnknownCriticalExtension = unknown,
        };
    }

    /// <summary>Only v1 is there. It is the default, and DER leaves defaults out; responders are known that write it, and it changes nothing.</summary>
    private static void ReadVersion(ref DerReader data)
    {
        if (!data.IsNext(DerReader.Context(0)))
        {
            return;
        }

        var version = data.ReadSequence(DerReader.Context(0));
        if (version.ReadCount() != 0)
        {
            throw new ProfileException("No such version.");
        }

        version.ThrowIfNotEmpty();
    }

    private static (DistinguishedName? Name, ReadOnlyMemory<byte>? KeyHash) ReadResponderId(ref DerReader data)
    {
        if (data.IsNext(DerReader.Context(1)))
        {
            var choice = data.ReadSequence(DerReader.Context(1));
            var name = DistinguishedName.Read(ref choice);
            choice.ThrowIfNotEmpty();
            return (name, null);
        }

        var key = data.ReadSequence(DerReader.Context(2));
        var hash = key.ReadOctetString();
        key.ThrowIfNotEmpty();
        return hash.Length == KeyHashLength ? (null, hash) : throw new ProfileException("A responder's key hash has 20 octets.");
    }

    private static OcspSingleResponse[] ReadResponses(DerReader list)
    {
        var read = new List<OcspSingleResponse>(1);
        while (list.HasData)
        {
            read.Add(read.Count < MaxResponses ? ReadSingle(list.ReadSequence()) : throw new ProfileException("Too many single responses."));
        }

        return [.. read];
    }

    private static OcspSingleResponse ReadSingle(DerReader single)
    {
        var id = OcspCertId.Read(ref single);
        var status = RevocationStatus.Good;
        DateTimeOffset? revokedAt = null;
        CrlReason? reason = null;
        if (single.IsNext(Revoked))
        {
            (status, revokedAt, reason) = ReadRevoked(single.ReadSequence(Revoked));
        }
        else
        {
            status = single.IsNext(DerReader.Context(0)) ? RevocationStatus.Good : RevocationStatus.Unknown;
            single.ReadNull(DerReader.Context(status == RevocationStatus.Good ? 0 : 2));
        }

        var thisUpdate = single.ReadGeneralizedTime();
        DateTimeOffset? nextUpdate = null;
        if (single.IsNext(DerReader.Context(0)))
        {
            var wrapper = single.ReadSequence(DerReader.Context(0));
            nextUpdate = wrapper.ReadGeneralizedTime();
            wrapper.ThrowIfNotEmpty();
        }

        var extensions = ReadExtensions(ref single, DerReader.Context(1));
        single.ThrowIfNotEmpty();
        DateTimeOffset? archiveCutoff = null;
        DateTimeOffset? invalidityDate = null;
        var unknown = false;
        foreach (var extension in extensions)
        {
            switch (extension.Oid)
            {
                case ArchiveCutoff:
                    archiveCutoff = ReadTime(extension.Value);
                    break;
                case ExtensionOids.InvalidityDate:
                    invalidityDate = ReadTime(extension.Value);
                    break;
                case ExtensionOids.ReasonCode or CrlReferences or SignedCertificateTimestamps:
                    // §4.4.2, §4.4.5: where it was taken from and what revokedInfo says already.
                    break;
                default:
                    unknown |= extension.Critical;
                    break;
            }
        }

        return new()
        {
            CertId = id,
            Status = status,
            RevokedAt = revokedAt,
            Reason = reason,
            InvalidityDate = invalidityDate,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            ArchiveCutoff = archiveCutoff,
            HasUnknownCriticalExtension = unknown,
        };
    }

    private static (RevocationStatus Status, DateTimeOffset RevokedAt, CrlReason? Reason) ReadRevoked(DerReader info)
    {
        var revokedAt = info.ReadGeneralizedTime();
        CrlReason? reason = null;
        if (info.IsNext(DerReader.Context(0)))
        {
            var wrapper = info.ReadSequence(DerReader.Context(0));
            var value = wrapper.ReadEnumerated();
            wrapper.ThrowIfNotEmpty();
            reason = value is >= 0 and <= 10 and not 7 ? (CrlReason)value : throw new ProfileException("No reason of the standard.", "RFC 5280 §5.3.1");
        }

        info.ThrowIfNotEmpty();
        return (RevocationStatus.Revoked, revokedAt, reason);
    }

    private static CertificateExtension[] ReadExtensions(ref DerReader reader, Asn1Tag tag)
    {
        if (!reader.IsNext(tag))
        {
            return [];
        }

        var wrapper = reader.ReadSequence(tag);
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        return ExtensionReader.ReadExtensions(list);
    }

    private static List<Certificate> ReadCertificates(ref DerReader basic)
    {
        var wrapper = basic.ReadSequence(DerReader.Context(0));
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        var read = new List<Certificate>(1);
        for (var count = 0; list.HasData; count++)
        {
            var der = count < MaxCertificates ? list.ReadEncodedValue() : throw new ProfileException("Too many certificates.");
            if (Certificate.Parse(der) is { Succeeded: true } certificate)
            {
                read.Add(certificate.Value);
            }
        }

        return read;
    }

    private static DateTimeOffset ReadTime(ReadOnlyMemory<byte> der)
    {
        var value = new DerReader(der);
        var time = value.ReadGeneralizedTime();
        value.ThrowIfNotEmpty();
        return time;
    }
}
