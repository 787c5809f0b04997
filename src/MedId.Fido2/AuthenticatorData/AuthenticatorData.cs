using System.Buffers.Binary;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Authenticator data (WebAuthn L3 §6.1): what an authenticator says of itself and of the act, under its signature.</summary>
public sealed class AuthenticatorData
{
    /// <summary>The fewest bytes, those without credential and extensions.</summary>
    public const int MinLength = 37;

    private const string Section = "WebAuthn L3 §6.1";
    private const string CredentialSection = "WebAuthn L3 §6.5.1";
    private const int FlagsOffset = 32;
    private const int CounterOffset = 33;
    private const int AaguidLength = 16;

    private AuthenticatorData(ReadOnlyMemory<byte> bytes, AttestedCredentialData? credential, ReadOnlyMemory<byte> extensions)
    {
        Bytes = bytes;
        AttestedCredential = credential;
        Extensions = extensions;
    }

    /// <summary>The bytes as they came, which are signed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of the RP ID, 32 bytes.</summary>
    public ReadOnlyMemory<byte> RpIdHash => Bytes[..FlagsOffset];

    /// <summary>The flags.</summary>
    public AuthenticatorDataFlags Flags => (AuthenticatorDataFlags)Bytes.Span[FlagsOffset];

    /// <summary>The signature counter; 0 where the authenticator has none.</summary>
    public uint SignCount => BinaryPrimitives.ReadUInt32BigEndian(Bytes.Span[CounterOffset..]);

    /// <summary>The new credential; null exactly when the flag AT is not set.</summary>
    public AttestedCredentialData? AttestedCredential { get; }

    /// <summary>The outputs of authenticator extensions: one CBOR map in the CTAP2 canonical form; empty when the flag ED is not set.</summary>
    public ReadOnlyMemory<byte> Extensions { get; }

    /// <summary>Reads authenticator data.</summary>
    /// <param name="bytes">All of it, nothing after it. The bytes are kept, not copied: they must not change.</param>
    /// <returns>
    /// The data; <c>fido2.authenticator_data_malformed</c>, <c>fido2.authenticator_data_trailing_bytes</c>, or the code of <see cref="CoseKey"/> or
    /// <see cref="CborReader"/> that the key or the extensions are refused with. What the flags mean for the ceremony is not judged here.
    /// </returns>
    public static MedIdResult<AuthenticatorData> Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < MinLength)
        {
            return Malformed(Section, "shorter than 37 bytes");
        }

        var flags = (AuthenticatorDataFlags)bytes.Span[FlagsOffset];
        var rest = bytes[MinLength..];
        AttestedCredentialData? credential = null;
        if ((flags & AuthenticatorDataFlags.AttestedCredentialData) != AuthenticatorDataFlags.None)
        {
            var read = ReadCredential(ref rest);
            if (!read.Succeeded)
            {
                return read.Error;
            }

            credential = read.Value;
        }

        var extensions = ReadOnlyMemory<byte>.Empty;
        if ((flags & AuthenticatorDataFlags.ExtensionData) != AuthenticatorDataFlags.None)
        {
            if (!CborReader.TryOpen(rest.Span, CborRules.Ctap2Canonical, out var reader, out var length, out var error))
            {
                return error;
            }

            if (reader.Next != CborType.Map)
            {
                return Malformed(Section, "extensions are not a map");
            }

            (extensions, rest) = (rest[..length], rest[length..]);
        }

        return rest.IsEmpty
            ? new AuthenticatorData(bytes, credential, extensions)
            : new MedIdError(Fido2ErrorCodes.AuthenticatorDataTrailingBytes, ErrorCategory.Malformed, Section, "bytes follow what the flags announce");
    }

    private static MedIdResult<AttestedCredentialData> ReadCredential(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < AaguidLength + sizeof(ushort))
        {
            return Malformed(CredentialSection, "cut off before the credential id");
        }

        var aaguid = new Guid(rest.Span[..AaguidLength], bigEndian: true);
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span[AaguidLength..]);
        rest = rest[(AaguidLength + sizeof(ushort))..];
        if (length == 0 || length > rest.Length)
        {
            return Malformed(CredentialSection, "the credential id is empty, or longer than the data");
        }

        var id = rest[..length];
        rest = rest[length..];
        var key = CoseKey.Read(rest.Span, out var keyLength);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        var credential = new AttestedCredentialData(aaguid, id, rest[..keyLength], key.Value);
        rest = rest[keyLength..];
        return credential;
    }

    private static MedIdError Malformed(string section, string detail) => new(Fido2ErrorCodes.AuthenticatorDataMalformed, ErrorCategory.Malformed, section, detail);
}
