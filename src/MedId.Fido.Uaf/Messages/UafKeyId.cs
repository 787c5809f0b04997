using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>KeyID: names one key of an authenticator; unique together with the <see cref="Aaid"/>.</summary>
/// <remarks>UAF 1.1 protocol §3.1: 32 to 2048 bytes, base64url without padding on the wire. Not a secret.</remarks>
public readonly record struct UafKeyId
{
    /// <summary>Fewest bytes.</summary>
    public const int MinimumBytes = 32;

    /// <summary>Most bytes (a roaming second factor's KeyID is its wrapped key handle).</summary>
    public const int MaximumBytes = 2048;

    private readonly string? _text;

    private UafKeyId(string text) => _text = text;

    /// <summary>The wire form, base64url.</summary>
    /// <exception cref="InvalidOperationException">This is the default value, which names no key.</exception>
    public string Value => _text ?? throw new InvalidOperationException("The default UafKeyId names no key.");

    /// <summary>A KeyID from its bytes.</summary>
    /// <param name="bytes">32 to 2048 bytes.</param>
    /// <exception cref="ArgumentException">Wrong length.</exception>
    public static UafKeyId FromBytes(ReadOnlySpan<byte> bytes) => IsLength(bytes.Length)
        ? new(StrictBase64Url.Encode(bytes))
        : throw new ArgumentException("A KeyID has 32 to 2048 bytes.", nameof(bytes));

    /// <summary>Reads a KeyID that the caller wrote or stored.</summary>
    /// <param name="text">Base64url of 32 to 2048 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not a KeyID.</exception>
    public static UafKeyId Parse(string text) => TryParse(text, out var keyId) ? keyId : throw new ArgumentException("Not a KeyID.", nameof(text));

    /// <summary>Reads a KeyID; false for anything else.</summary>
    /// <param name="text">Base64url of 32 to 2048 bytes.</param>
    /// <param name="keyId">The KeyID.</param>
    public static bool TryParse(string? text, out UafKeyId keyId)
    {
        keyId = default;
        if (text is null || !UafBase64Url.TryDecode(text, MinimumBytes, MaximumBytes, out _))
        {
            return false;
        }

        keyId = new(text);
        return true;
    }

    /// <summary>The bytes.</summary>
    public byte[] ToBytes() => UafBase64Url.Decode(Value);

    /// <inheritdoc/>
    public override string ToString() => _text ?? string.Empty;

    /// <summary>A KeyID of a length that only a leniency lets in, or of a stored registration.</summary>
    internal static UafKeyId FromTolerated(ReadOnlySpan<byte> bytes) => bytes.Length is >= 1 and <= MaximumBytes
        ? new(StrictBase64Url.Encode(bytes))
        : throw new ArgumentException("A KeyID has 1 to 2048 bytes.", nameof(bytes));

    /// <summary>Reads a KeyID of a stored registration, which a leniency may have let in.</summary>
    internal static bool TryParseStored(string? text, out UafKeyId keyId)
    {
        keyId = default;
        if (text is null || !UafBase64Url.TryDecode(text, 1, MaximumBytes, out _))
        {
            return false;
        }

        keyId = new(text);
        return true;
    }

    internal static bool IsLength(int bytes) => bytes is >= MinimumBytes and <= MaximumBytes;
}
