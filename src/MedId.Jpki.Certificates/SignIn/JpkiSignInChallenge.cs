using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>What a card signs at sign-in.</summary>
/// <remarks>
/// The bytes that are signed (<see cref="ToBytes"/>) are five lines of ASCII, each ended by a line feed:
/// <code>
/// medid-jpki-sign-in-1
/// audience
/// random, 32 bytes in base64url without padding
/// issuedAt, seconds since 1970
/// lifetime, seconds
/// </code>
/// The client hashes them (SHA-256; SHA-384 for P-384), wraps the digest as DigestInfo for RSA, and has the card's authentication key sign it. A card shows nothing
/// to its holder: who runs the reader could have a foreign challenge signed. So the audience is in the bytes, and the lifetime is short.
/// </remarks>
public sealed class JpkiSignInChallenge
{
    /// <summary>The first line: no other signature over no other data means a sign-in.</summary>
    public const string Label = "medid-jpki-sign-in-1";

    /// <summary>How many random bytes a challenge has.</summary>
    public const int RandomLength = 32;

    /// <summary>The longest audience.</summary>
    public const int MaxAudienceLength = 256;

    private readonly byte[] _random;

    /// <summary>Restores a challenge that was issued.</summary>
    /// <param name="random">Its 32 random bytes.</param>
    /// <param name="audience">For whom: printable ASCII without spaces, e.g. the issuer URL of the OP.</param>
    /// <param name="issuedAt">When it was issued; whole seconds count.</param>
    /// <param name="lifetime">How long it is good; <see cref="DefaultLifetime"/> when null. 10 seconds to 10 minutes.</param>
    /// <exception cref="ArgumentException">A value out of these bounds.</exception>
    public JpkiSignInChallenge(ReadOnlySpan<byte> random, string audience, DateTimeOffset issuedAt, TimeSpan? lifetime = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(audience);
        if (random.Length != RandomLength)
        {
            throw new ArgumentException("32 random bytes.", nameof(random));
        }

        if (audience.Length > MaxAudienceLength || audience.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e'))
        {
            throw new ArgumentException("1 to 256 printable ASCII characters without spaces.", nameof(audience));
        }

        var good = lifetime ?? DefaultLifetime;
        ArgumentOutOfRangeException.ThrowIfLessThan(good, TimeSpan.FromSeconds(10), nameof(lifetime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(good, TimeSpan.FromMinutes(10), nameof(lifetime));
        _random = random.ToArray();
        Audience = audience;
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt.ToUnixTimeSeconds());
        Lifetime = TimeSpan.FromSeconds(Math.Floor(good.TotalSeconds));
    }

    /// <summary>How long a challenge is good when nothing else is said: five minutes, for a person who looks for the card.</summary>
    public static TimeSpan DefaultLifetime => TimeSpan.FromMinutes(5);

    /// <summary>For whom.</summary>
    public string Audience { get; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>How long it is good.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>The first instant at which it is good no more.</summary>
    public DateTimeOffset ExpiresAt => IssuedAt + Lifetime;

    /// <summary>The random bytes, for storing the challenge.</summary>
    public ReadOnlyMemory<byte> Random => _random;

    /// <summary>What the handler consumes once, atomically.</summary>
    public ReplayKey ReplayKey => new($"jpki-sign-in/{Audience}", StrictBase64Url.Encode(_random), ExpiresAt);

    /// <summary>A new challenge.</summary>
    /// <param name="audience">For whom: printable ASCII without spaces.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long it is good; <see cref="DefaultLifetime"/> when null.</param>
    public static JpkiSignInChallenge Create(string audience, DateTimeOffset now, TimeSpan? lifetime = null) =>
        new(RandomNumberGenerator.GetBytes(RandomLength), audience, now, lifetime);

    /// <summary>The bytes that the card's key signs, before hashing.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Label}\n{Audience}\n{StrictBase64Url.Encode(_random)}\n{IssuedAt.ToUnixTimeSeconds()}\n{(long)Lifetime.TotalSeconds}\n"));

    /// <summary>The audience only.</summary>
    public override string ToString() => Audience;
}
