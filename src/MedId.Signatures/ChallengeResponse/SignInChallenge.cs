using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>What a card's authentication key is asked to sign at a sign-in (JPKI, HPKI): unguessable, for one audience, of one time.</summary>
/// <remarks>
/// No standard fixes these octets. They begin with a label of their own, so that a signature made for a sign-in is none over a document, a token or a certificate, and the other way round;
/// audience and time are signed too, so that a terminal cannot pass a challenge of one service on to another.
/// </remarks>
public sealed record SignInChallenge
{
    /// <summary>The fewest bytes of <see cref="Nonce"/>: 128 bits.</summary>
    public const int MinNonceBytes = 16;

    /// <summary>The most bytes of <see cref="Nonce"/>.</summary>
    public const int MaxNonceBytes = 128;

    /// <summary>The longest audience, in bytes of UTF-8.</summary>
    public const int MaxAudienceBytes = 512;

    private const int CreatedNonceBytes = 32;

    private SignInChallenge(string audience, ReadOnlyMemory<byte> nonce, DateTimeOffset issuedAt)
    {
        Audience = audience;
        Nonce = nonce;
        IssuedAt = issuedAt;
    }

    /// <summary>The service that asks: its issuer identifier or address, compared ordinally.</summary>
    public string Audience { get; }

    /// <summary>The random bytes.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>When it was issued, in whole seconds.</summary>
    public DateTimeOffset IssuedAt { get; }

    private static ReadOnlySpan<byte> Label => "MedIdSdk card sign-in, version 1\0"u8;

    /// <summary>A fresh challenge.</summary>
    /// <param name="audience">The service that asks.</param>
    /// <param name="at">Now; fractions of a second are cut off.</param>
    /// <exception cref="ArgumentException">The audience is empty or too long.</exception>
    public static SignInChallenge Create(string audience, DateTimeOffset at)
    {
        var challenge = Restore(audience, RandomNumberGenerator.GetBytes(CreatedNonceBytes), at);
        return challenge.Succeeded ? challenge.Value : throw new ArgumentException($"1 to {MaxAudienceBytes} bytes.", nameof(audience));
    }

    /// <summary>A challenge as it was stored or as it came back.</summary>
    /// <param name="audience">The service that asked.</param>
    /// <param name="nonce">The random bytes; copied.</param>
    /// <param name="issuedAt">When it was issued; fractions of a second are cut off.</param>
    /// <returns>The challenge; refused with <see cref="SignaturesErrorCodes.ChallengeMalformed"/>.</returns>
    public static MedIdResult<SignInChallenge> Restore(string audience, ReadOnlyMemory<byte> nonce, DateTimeOffset issuedAt)
    {
        ArgumentNullException.ThrowIfNull(audience);
        return audience.Length > 0 && Encoding.UTF8.GetByteCount(audience) <= MaxAudienceBytes && nonce.Length is >= MinNonceBytes and <= MaxNonceBytes
            ? new SignInChallenge(audience, nonce.ToArray(), DateTimeOffset.FromUnixTimeSeconds(issuedAt.ToUnixTimeSeconds()))
            : new MedIdError(SignaturesErrorCodes.ChallengeMalformed, ErrorCategory.Malformed, ChallengeResponseVerifier.Section);
    }

    /// <summary>The octets that the card signs (it hashes them itself, or is given their hash): label, audience with its length, seconds since 1970, nonce with its length; numbers big-endian.</summary>
    public byte[] ToBytes()
    {
        var audience = Encoding.UTF8.GetBytes(Audience);
        var bytes = new byte[Label.Length + sizeof(int) + audience.Length + sizeof(long) + sizeof(int) + Nonce.Length];
        Label.CopyTo(bytes);
        var rest = bytes.AsSpan(Label.Length);
        BinaryPrimitives.WriteInt32BigEndian(rest, audience.Length);
        audience.CopyTo(rest[sizeof(int)..]);
        rest = rest[(sizeof(int) + audience.Length)..];
        BinaryPrimitives.WriteInt64BigEndian(rest, IssuedAt.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32BigEndian(rest[sizeof(long)..], Nonce.Length);
        Nonce.Span.CopyTo(rest[(sizeof(long) + sizeof(int))..]);
        return bytes;
    }

    /// <summary>The nonce in base64url: what a store keeps open challenges under.</summary>
    public string Id => StrictBase64Url.Encode(Nonce.Span);

    /// <inheritdoc/>
    public bool Equals(SignInChallenge? other) =>
        other is not null && string.Equals(Audience, other.Audience, StringComparison.Ordinal) && IssuedAt == other.IssuedAt && Nonce.Span.SequenceEqual(other.Nonce.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "sign-in challenge";
}
