using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>What a card's authentication key is asked to sign at a sign-in (JPKI, HPKI): unguessable, for one kind of sign-in, one audience, one time.</summary>
/// <remarks>
/// No standard fixes these bytes. They are five lines of ASCII, each ended by a line feed:
/// <code>
/// label
/// audience
/// random, 32 bytes in base64url without padding
/// issuedAt, seconds since 1970
/// lifetime, seconds
/// </code>
/// The label keeps a sign-in apart from every other thing that the key may sign, and one kind of card from another; audience and time are signed too, so that a terminal cannot pass a
/// challenge of one service on to another.
/// </remarks>
public sealed record SignInChallenge
{
    /// <summary>How many random bytes a challenge has.</summary>
    public const int RandomLength = 32;

    /// <summary>The longest label and the longest audience, in characters.</summary>
    public const int MaxTextLength = 256;

    private readonly byte[] _random;

    private SignInChallenge(string label, string audience, byte[] random, DateTimeOffset issuedAt, TimeSpan lifetime)
    {
        Label = label;
        Audience = audience;
        _random = random;
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt.ToUnixTimeSeconds());
        Lifetime = TimeSpan.FromSeconds(Math.Floor(lifetime.TotalSeconds));
    }

    /// <summary>The longest lifetime: ten minutes.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The lifetime unless told otherwise: five minutes, for a person who looks for the card.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The kind of sign-in.</summary>
    public string Label { get; }

    /// <summary>The service that asks: its issuer identifier or address, compared ordinally.</summary>
    public string Audience { get; }

    /// <summary>The random bytes.</summary>
    public ReadOnlyMemory<byte> Random => _random;

    /// <summary>When it was issued, in whole seconds.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>How long it is good, in whole seconds.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>The first instant at which it is good no more.</summary>
    public DateTimeOffset ExpiresAt => IssuedAt + Lifetime;

    /// <summary>The random bytes in base64url: what a store keeps open challenges under.</summary>
    public string Id => StrictBase64Url.Encode(_random);

    /// <summary>What the handler consumes once, atomically.</summary>
    public ReplayKey ReplayKey => new($"{Label}/{Audience}", Id, ExpiresAt);

    /// <summary>A fresh challenge.</summary>
    /// <param name="label">The kind of sign-in: printable ASCII without spaces.</param>
    /// <param name="audience">The service that asks: printable ASCII without spaces.</param>
    /// <param name="at">Now; fractions of a second are cut off.</param>
    /// <param name="lifetime">How long it is good, 10 seconds to <see cref="MaxLifetime"/>; <see cref="DefaultLifetime"/> when null.</param>
    /// <exception cref="ArgumentException">A value out of these bounds.</exception>
    public static SignInChallenge Create(string label, string audience, DateTimeOffset at, TimeSpan? lifetime = null)
    {
        var challenge = Restore(label, audience, RandomNumberGenerator.GetBytes(RandomLength), at, lifetime);
        return challenge.Succeeded ? challenge.Value : throw new ArgumentException("Label and audience are 1 to 256 printable ASCII characters; the lifetime is 10 seconds to 10 minutes.", nameof(audience));
    }

    /// <summary>A challenge as it was stored or as it came back.</summary>
    /// <param name="label">The kind of sign-in.</param>
    /// <param name="audience">The service that asked.</param>
    /// <param name="random">The random bytes; copied.</param>
    /// <param name="issuedAt">When it was issued; fractions of a second are cut off.</param>
    /// <param name="lifetime">How long it is good; <see cref="DefaultLifetime"/> when null.</param>
    /// <returns>The challenge; refused with <see cref="SignaturesErrorCodes.ChallengeMalformed"/>.</returns>
    public static MedIdResult<SignInChallenge> Restore(string label, string audience, ReadOnlySpan<byte> random, DateTimeOffset issuedAt, TimeSpan? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(audience);
        var good = lifetime ?? DefaultLifetime;
        return IsLine(label) && IsLine(audience) && random.Length == RandomLength && good >= TimeSpan.FromSeconds(10) && good <= MaxLifetime
            ? new SignInChallenge(label, audience, random.ToArray(), issuedAt, good)
            : new MedIdError(SignaturesErrorCodes.ChallengeMalformed, ErrorCategory.Malformed, ChallengeResponseVerifier.Section);
    }

    /// <summary>The bytes that the card's key signs, before hashing.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Label}\n{Audience}\n{Id}\n{IssuedAt.ToUnixTimeSeconds()}\n{(long)Lifetime.TotalSeconds}\n"));

    /// <inheritdoc/>
    public bool Equals(SignInChallenge? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>Kind and audience.</summary>
    public override string ToString() => $"{Label} for {Audience}";

    private static bool IsLine(string text) => text.Length is > 0 and <= MaxTextLength && !text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e');
}
