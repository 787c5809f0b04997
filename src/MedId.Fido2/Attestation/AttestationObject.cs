using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>The attestation object of a registration (WebAuthn L3 §6.5): authenticator data, and a statement about where they come from.</summary>
public sealed class AttestationObject
{
    private const string Section = "WebAuthn L3 §6.5.4";

    private AttestationObject(ReadOnlyMemory<byte> bytes, string format, ReadOnlyMemory<byte> statement, AuthenticatorData authenticatorData)
    {
        Bytes = bytes;
        Format = format;
        Statement = statement;
        AuthenticatorData = authenticatorData;
    }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary><c>fmt</c>, as it was written: not yet one that is known.</summary>
    public string Format { get; }

    /// <summary><c>attStmt</c>: one CBOR data item, a map or for <c>compound</c> an array.</summary>
    public ReadOnlyMemory<byte> Statement { get; }

    /// <summary><c>authData</c>.</summary>
    public AuthenticatorData AuthenticatorData { get; }

    /// <summary>Reads an attestation object.</summary>
    /// <param name="bytes">
    /// All of it, nothing after it; kept, not copied. The map around and the statement may be any well-formed CBOR with unique keys, because real authenticators write
    /// them so; the key and the extensions inside the authenticator data have to be in the CTAP2 canonical form. Other members of the map are not looked at.
    /// </param>
    /// <returns>The object, with a credential in its authenticator data; <c>fido2.attestation_object_malformed</c>, or the code of a part.</returns>
    public static MedIdResult<AttestationObject> Parse(ReadOnlyMemory<byte> bytes)
    {
        if (!CborReader.TryOpenWhole(bytes.Span, CborRules.Tolerant, out var reader, out var error))
        {
            return error;
        }

        if (!reader.TryReadMap(out var entries))
        {
            return Malformed("not a map");
        }

        string? format = null;
        ReadOnlyMemory<byte>? statement = null;
        ReadOnlyMemory<byte>? data = null;
        while (!entries.AtEnd)
        {
            if (!entries.TryReadText(out var name))
            {
                return Malformed("a key is not text");
            }

            var understood = name switch
            {
                "fmt" => entries.TryReadText(out format),
                "attStmt" => AttestationCbor.TryTakeEncoded(ref entries, bytes, out statement),
                "authData" => AttestationCbor.TryTakeBytes(ref entries, bytes, out data),
                _ => entries.TrySkip(),
            };
            if (!understood)
            {
                return Malformed($"{name} is not of its type");
            }
        }

        if (format is null || statement is null || data is null)
        {
            return Malformed("fmt, attStmt or authData is missing");
        }

        var parsed = AuthenticatorData.Parse(data.Value);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        return parsed.Value.AttestedCredential is null
            ? Malformed("the authenticator data hold no credential")
            : new AttestationObject(bytes, format, statement.Value, parsed.Value);
    }

    private static MedIdError Malformed(string detail) => new(Fido2ErrorCodes.AttestationObjectMalformed, ErrorCategory.Malformed, Section, detail);
}
