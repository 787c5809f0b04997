using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>The answer of a time-stamping service (RFC 3161 §2.4.2) as it was read.</summary>
public sealed class TimestampResponse
{
    /// <summary>The media type over HTTP (RFC 3161 §3.4).</summary>
    public const string MediaType = "application/timestamp-reply";

    private const int MaxTexts = 16;

    private TimestampResponse(TimestampStatus status, TimestampFailures failures, ReadOnlyMemory<byte>? token)
    {
        (Status, Failures, RawToken) = (status, failures, token);
    }

    /// <summary>What became of the request.</summary>
    public TimestampStatus Status { get; }

    /// <summary>Why there is no token.</summary>
    public TimestampFailures Failures { get; }

    /// <summary>The token's bytes; null when there is none.</summary>
    public ReadOnlyMemory<byte>? RawToken { get; }

    /// <summary>Reads a response.</summary>
    /// <param name="der">The whole structure in DER around the token, nothing after it.</param>
    /// <returns>The response, or <c>tsp.malformed</c>.</returns>
    public static MedIdResult<TimestampResponse> Parse(ReadOnlyMemory<byte> der)
    {
        if (der.Length > TimestampToken.MaxBytes)
        {
            return Malformed("longer than the limit");
        }

        try
        {
            // BER, because the token inside may be; the little around it is read as DER.
            var outer = new AsnReader(der, AsnEncodingRules.BER);
            var reader = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var (status, failures) = ReadStatus(new AsnReader(reader.ReadEncodedValue(), AsnEncodingRules.DER));
            ReadOnlyMemory<byte>? token = reader.HasData ? reader.ReadEncodedValue() : default(ReadOnlyMemory<byte>?);
            reader.ThrowIfNotEmpty();

            // RFC 3161 §2.4.2: a token when and only when it was granted.
            var isGranted = status is TimestampStatus.Granted or TimestampStatus.GrantedWithModifications;
            return isGranted == token is not null ? new TimestampResponse(status, failures, token) : Malformed("a token goes with granted, and with nothing else");
        }
        catch (AsnContentException)
        {
            return Malformed("not a TimeStampResp");
        }
    }

    /// <summary>
    /// Takes the token when it answers the request: granted, over the same imprint, with the nonce and the policy asked for (RFC 3161 §2.2, §2.4.2). Whether the
    /// authority is to be believed is decided by <see cref="TimestampVerifier"/>.
    /// </summary>
    /// <param name="request">What was sent.</param>
    public MedIdResult<TimestampToken> Accept(TimestampRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (RawToken is not { } raw)
        {
            return Error(SignaturesErrorCodes.TspNotGranted, ErrorCategory.State, $"{Status}, {Failures}");
        }

        var parsed = TimestampToken.Parse(raw);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var info = parsed.Value.Info;
        if (info.ImprintAlgorithm != request.DigestAlgorithm || !info.Imprint.Span.SequenceEqual(request.Imprint.Span))
        {
            return Error(SignaturesErrorCodes.TspImprintMismatch, ErrorCategory.Untrusted);
        }

        if (info.Nonce is not { } nonce || !nonce.Span.SequenceEqual(request.Nonce.Span))
        {
            return Error(SignaturesErrorCodes.TspNonceMismatch, ErrorCategory.Untrusted);
        }

        return request.PolicyOid is { } policy && !string.Equals(policy, info.PolicyOid, StringComparison.Ordinal)
            ? Error(SignaturesErrorCodes.TspPolicyMismatch, ErrorCategory.Policy)
            : parsed.Value;
    }

    private static (TimestampStatus Status, TimestampFailures Failures) ReadStatus(AsnReader outer)
    {
        var reader = outer.ReadSequence();
        if (!reader.TryReadInt32(out var status) || status is < (int)TimestampStatus.Granted or > (int)TimestampStatus.RevocationNotification)
        {
            throw new AsnContentException("No status.");
        }

        // The text is for people and comes from a stranger: its form is checked, its words go nowhere.
        if (Asn.NextIs(reader, Asn1Tag.Sequence))
        {
            var texts = reader.ReadSequence();
            for (var count = 0; texts.HasData; count++)
            {
                _ = count < MaxTexts ? texts.ReadCharacterString(UniversalTagNumber.UTF8String) : throw new AsnContentException("Too many texts.");
            }
        }

        var failures = TimestampFailures.None;
        if (reader.HasData)
        {
            var bits = reader.ReadBitString(out var unused);
            for (var bit = 0; bit < Math.Min((bits.Length * 8) - unused, 32); bit++)
            {
                failures |= (bits[bit / 8] & (0x80 >> (bit % 8))) != 0 ? (TimestampFailures)(1 << bit) : TimestampFailures.None;
            }
        }

        reader.ThrowIfNotEmpty();
        return ((TimestampStatus)status, failures);
    }

    private static MedIdError Malformed(string detail) => new(SignaturesErrorCodes.TspMalformed, ErrorCategory.Malformed, "RFC 3161 §2.4.2", detail);

    private static MedIdError Error(string code, ErrorCategory category, string? detail = null) => new(code, category, "RFC 3161 §2.4.2", detail);
}
