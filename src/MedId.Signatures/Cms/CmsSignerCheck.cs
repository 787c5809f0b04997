using System.Formats.Asn1;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>The checks of one SignerInfo that CMS itself asks for (RFC 5652 §5.3 to §5.6, §11; RFC 5035 §4; RFC 6211); paths and time-stamps are the caller's.</summary>
internal sealed partial class CmsSignerCheck(CmsSignedData data, CmsSignerInfo signer, ReadOnlyMemory<byte> content, SignatureUse use, CmsLeniency leniency)
{
    private DigestAlgorithm? _digest;
    private PublicKey? _key;

    /// <summary>The checks so far.</summary>
    public StepList Steps { get; } = new();

    /// <summary>The signer's certificate.</summary>
    public Certificate? Certificate { get; private set; }

    /// <summary>The signature's algorithm.</summary>
    public SignatureAlgorithm? Algorithm { get; private set; }

    /// <summary>Whether a named exception was needed for an algorithm.</summary>
    public bool UsedWeakAlgorithm { get; private set; }

    /// <summary>Whether the signed attributes name the certificate.</summary>
    public bool NamesCertificate { get; private set; }

    /// <summary>The signed signing time.</summary>
    public DateTimeOffset? ClaimedSigningTime { get; private set; }

    /// <summary>What is covered, once the digest was compared.</summary>
    public CoveredContent? Covered { get; private set; }

    /// <summary>Everything that does not depend on a time.</summary>
    /// <param name="certificates">Where the signer's certificate is looked for.</param>
    public bool CheckStructure(IEnumerable<Certificate> certificates)
    {
        Steps.Then("RFC 5652 §5.1", "version", CheckVersion)
            .Then("RFC 5652 §5.1", "digest algorithm announced", CheckAnnounced)
            .Then("RFC 5652 §5.3", "signed attributes, each once with one value", CheckAttributes);
        if (Steps.Error is not null)
        {
            return false;
        }

        var (found, error, outcome) = FindCertificate([.. certificates]);
        Certificate = found;
        Steps.Add("RFC 5035 §4", "signer's certificate", error, outcome);
        Steps.Then("RFC 5652 §11.1", "content type", CheckContentType)
            .Then("RFC 5652 §11.2", "message digest", CheckDigest)
            .Then("RFC 5652 §11.3", "signing time", ReadSigningTime)
            .Then("RFC 6211 §3", "algorithm protection", CheckAlgorithmProtection)
            .Then("RFC 5652 §5.3", "signature algorithm goes with digest and key", FindAlgorithm);
        return Steps.Error is null;
    }

    /// <summary>The algorithm at a time, then the signature itself (RFC 5652 §5.6).</summary>
    /// <param name="policy">Which algorithms are allowed.</param>
    /// <param name="at">The time that counts.</param>
    /// <param name="onNotAllowed">How it ends when the algorithm is not allowed then.</param>
    public bool CheckSignature(AlgorithmPolicy policy, DateTimeOffset at, VerificationOutcome onNotAllowed = VerificationOutcome.Refused)
    {
        var rule = policy.For(use, at);
        Steps.Then("EN 319 102-1 §5.2.8", "algorithm allowed at that time", () => CheckAllowed(rule), onNotAllowed).Then("RFC 5652 §5.6", "signature", VerifySignature);
        return Steps.Error is null;
    }

    private static MedIdError Error(string code, ErrorCategory category, string section, string? detail = null) => new(code, category, section, detail);

    private static MedIdError Malformed(string section, string detail) => Error(SignaturesErrorCodes.CmsAttributeMalformed, ErrorCategory.Malformed, section, detail);

    private MedIdError? CheckVersion() => data.Version == data.RequiredVersion || leniency.HasFlag(CmsLeniency.Version)
        ? null
        : Error(SignaturesErrorCodes.CmsVersion, ErrorCategory.Malformed, "RFC 5652 §5.1", "the version does not go with what the structure holds");

    private MedIdError? CheckAnnounced() => data.DigestAlgorithms.Any(a => string.Equals(a.Oid, signer.DigestAlgorithm.Oid, StringComparison.Ordinal))
        ? null
        : Error(SignaturesErrorCodes.CmsDigestAlgorithmNotListed, ErrorCategory.Malformed, "RFC 5652 §5.1");

    private MedIdError? CheckAttributes()
    {
        if (signer.SignedAttributes is not { } attributes)
        {
            return CheckNoAttributes();
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            // EN 319 122-1 §5.2.8: there may be several content time-stamps; everything else is there once.
            if (!seen.Add(attribute.Oid) && !string.Equals(attribute.Oid, CmsOids.ContentTimestamp, StringComparison.Ordinal))
            {
                return Malformed("RFC 5652 §5.3", $"attribute {attribute.Oid} is there twice");
            }

            if (attribute.Values.Count != 1)
            {
                return Malformed("RFC 5652 §5.3", $"attribute {attribute.Oid} has several values");
            }
        }

        return null;
    }

    /// <summary>RFC 5652 §5.3: signed attributes may be absent for content of type data only; there, content that is itself a set of signed attributes is one message posing as another.</summary>
    private MedIdError? CheckNoAttributes()
    {
        var isData = string.Equals(data.ContentType, CmsOids.Data, StringComparison.Ordinal);
        return leniency.HasFlag(CmsLeniency.WithoutSignedAttributes) && isData && !LooksLikeSignedAttributes()
            ? null
            : Error(SignaturesErrorCodes.CmsSignedAttributesMissing, ErrorCategory.Policy, "RFC 5652 §5.3", isData ? "the content itself is signed" : "the content is not of type data");
    }

    private bool LooksLikeSignedAttributes()
    {
        try
        {
            var outer = new AsnReader(content, AsnEncodingRules.BER);
            var set = outer.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                if (string.Equals(Asn.ReadOid(set.ReadSequence()), CmsOids.MessageDigest, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private MedIdError? CheckContentType()
    {
        if (signer.SignedAttributes is null)
        {
            return null;
        }

        if (signer.FindSigned(CmsOids.ContentTypeAttribute) is not { } attribute)
        {
            return Error(SignaturesErrorCodes.CmsAttributeMissing, ErrorCategory.Malformed, "RFC 5652 §11.1", "contentType");
        }

        return ReadObjectIdentifier(attribute.Values[0]) is not { } type
            ? Malformed("RFC 5652 §11.1", "contentType is no object identifier")
            : string.Equals(type, data.ContentType, StringComparison.Ordinal) ? null : Error(SignaturesErrorCodes.CmsContentTypeMismatch, ErrorCategory.Untrusted, "RFC 5652 §11.1");
    }

    private MedIdError? CheckDigest()
    {
        if (!DigestAlgorithm.TryFromX509(signer.DigestAlgorithm.RawData.Span, out _digest))
        {
            return Error(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Unsupported, "RFC 5652 §5.4", "the digest algorithm is not in the table");
        }

        var computed = _digest.Compute(content.Span);
        if (signer.SignedAttributes is not null)
        {
            if (signer.FindSigned(CmsOids.MessageDigest) is not { } attribute)
            {
                return Error(SignaturesErrorCodes.CmsAttributeMissing, ErrorCategory.Malformed, "RFC 5652 §11.2", "messageDigest");
            }

            if (ReadOctetString(attribute.Values[0]) is not { } signed)
            {
                return Malformed("RFC 5652 §11.2", "messageDigest is no octet string");
            }

            if (!computed.AsSpan().SequenceEqual(signed.Span))
            {
                return Error(SignaturesErrorCodes.CmsDigestMismatch, ErrorCategory.Untrusted, "RFC 5652 §11.2");
            }
        }

        Covered = new()
        {
            Kind = data.Content is null ? CoveredContentKind.DetachedContent : CoveredContentKind.Content,
            Reference = data.ContentType,
            DigestAlgorithm = _digest,
            Digest = computed,
            Octets = content,
        };
        return null;
    }

    private MedIdError? ReadSigningTime()
    {
        if (signer.FindSigned(CmsOids.SigningTime) is not { } attribute)
        {
            return null;
        }

        try
        {
            var reader = new AsnReader(attribute.Values[0], AsnEncodingRules.BER);
            ClaimedSigningTime = Asn.NextIs(reader, Asn1Tag.UtcTime) ? reader.ReadUtcTime(twoDigitYearMax: 2049) : reader.ReadGeneralizedTime();
            reader.ThrowIfNotEmpty();
            return null;
        }
        catch (AsnContentException)
        {
            return Malformed("RFC 5652 §11.3", "signingTime is no time");
        }
    }

    private static string? ReadObjectIdentifier(ReadOnlyMemory<byte> value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.BER);
            var oid = Asn.ReadOid(reader);
            return reader.HasData ? null : oid;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? ReadOctetString(ReadOnlyMemory<byte> value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.BER);
            var octets = reader.ReadOctetString();
            return reader.HasData ? default(ReadOnlyMemory<byte>?) : octets;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
