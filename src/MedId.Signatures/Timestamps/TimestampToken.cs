using MedId.Core;

namespace MedId.Signatures;

/// <summary>An RFC 3161 time-stamp token as it was read; nothing of it is verified. Verify with <see cref="TimestampVerifier"/>.</summary>
public sealed class TimestampToken
{
    /// <summary>The largest token that is read, in bytes; with validation data inside it may hold CRLs.</summary>
    public const int MaxBytes = 16 << 20;

    private static readonly CmsLimits Limits = new() { MaxBytes = MaxBytes, MaxSigners = 2 };

    private TimestampToken(CmsSignedData signedData, TimestampInfo info) => (SignedData, Info) = (signedData, info);

    /// <summary>The CMS structure around it.</summary>
    public CmsSignedData SignedData { get; }

    /// <summary>What the authority signed.</summary>
    public TimestampInfo Info { get; }

    /// <summary>The whole token as it was given.</summary>
    public ReadOnlyMemory<byte> RawData => SignedData.RawData;

    /// <summary>Reads a token: ContentInfo with SignedData over TSTInfo, exactly one signer (RFC 3161 §2.4.2).</summary>
    /// <param name="token">The whole structure, nothing after it.</param>
    /// <returns>The token, or <c>tsp.malformed</c>, <c>tsp.not_one_signer</c>, or the <c>cms.*</c> code of the structure around it.</returns>
    public static MedIdResult<TimestampToken> Parse(ReadOnlyMemory<byte> token)
    {
        var signedData = CmsSignedData.Parse(token, Limits);
        if (!signedData.Succeeded)
        {
            return signedData.Error;
        }

        if (!string.Equals(signedData.Value.ContentType, CmsOids.TstInfo, StringComparison.Ordinal) || signedData.Value.Content is not { } content)
        {
            return new MedIdError(SignaturesErrorCodes.TspMalformed, ErrorCategory.Malformed, "RFC 3161 §2.4.2", "the content is not TSTInfo");
        }

        if (signedData.Value.Signers.Count != 1)
        {
            return new MedIdError(SignaturesErrorCodes.TspNotOneSigner, ErrorCategory.Malformed, "RFC 3161 §2.4.2", "a token has the signature of the authority and no other");
        }

        return TimestampInfoReader.Read(content) is { } info
            ? new TimestampToken(signedData.Value, info)
            : new MedIdError(SignaturesErrorCodes.TspMalformed, ErrorCategory.Malformed, "RFC 3161 §2.4.2", "TSTInfo is not the structure in DER");
    }
}
