using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Reads the outputs of authenticator extensions. An output that has not the form of its extension is put aside, as in <see cref="ClientExtensionReader"/>.</summary>
internal static class AuthenticatorExtensionReader
{
    /// <summary>Reads outputs.</summary>
    /// <param name="cbor">One map; empty for none.</param>
    /// <param name="isRegistration">Which ceremony: some outputs have two forms.</param>
    /// <param name="malformed">The identifiers of outputs that could not be read; null for none.</param>
    /// <returns>Null where a key of the map is not text.</returns>
    public static AuthenticatorExtensionOutputs? Read(ReadOnlySpan<byte> cbor, bool isRegistration, out List<string>? malformed)
    {
        malformed = null;
        if (cbor.IsEmpty)
        {
            return AuthenticatorExtensionOutputs.None;
        }

        if (!CborReader.TryOpenWhole(cbor, CborRules.Ctap2Canonical, out var reader, out _) || !reader.TryReadMap(out var entries))
        {
            return null;
        }

        var outputs = new AuthenticatorExtensionOutputs();
        var identifiers = new List<string>();
        while (!entries.AtEnd)
        {
            if (!entries.TryReadText(out var name))
            {
                return null;
            }

            identifiers.Add(name);
            if (!Take(name, ref entries, isRegistration, ref outputs))
            {
                entries.TrySkip();
                (malformed ??= []).Add(name);
            }
        }

        return outputs with { Identifiers = identifiers };
    }

    /// <summary>False without having moved when the output is of another form.</summary>
    private static bool Take(string name, ref CborReader entries, bool isRegistration, ref AuthenticatorExtensionOutputs outputs)
    {
        switch (name)
        {
            case ExtensionNames.CredProtect when isRegistration && PeekUnsigned(entries) is 1 or 2 or 3:
                entries.TryReadUnsigned(out var level);
                outputs = outputs with { CredentialProtection = (int)level };
                return true;
            case ExtensionNames.MinPinLength when isRegistration && PeekUnsigned(entries) <= byte.MaxValue:
                entries.TryReadUnsigned(out var length);
                outputs = outputs with { MinimumPinLength = (int)length };
                return true;
            case ExtensionNames.HmacSecret when isRegistration && entries.TryReadBoolean(out var canHmac):
                outputs = outputs with { HmacSecret = canHmac };
                return true;
            case ExtensionNames.HmacSecret when !isRegistration && entries.TryReadBytes(out var secret):
                outputs = outputs with { HmacSecretResult = secret.ToArray() };
                return true;
            case ExtensionNames.CredBlob when isRegistration && entries.TryReadBoolean(out var isStored):
                outputs = outputs with { CredentialBlobStored = isStored };
                return true;
            case ExtensionNames.CredBlob when !isRegistration && entries.TryReadBytes(out var blob):
                outputs = outputs with { CredentialBlob = blob.ToArray() };
                return true;
            case ExtensionNames.CredProtect or ExtensionNames.MinPinLength or ExtensionNames.HmacSecret or ExtensionNames.CredBlob:
                return false;
            default:
                return entries.TrySkip();
        }
    }

    private static ulong? PeekUnsigned(CborReader entries) => entries.TryReadUnsigned(out var value) ? value : null;
}
