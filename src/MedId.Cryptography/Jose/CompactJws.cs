using System.Text;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A compact JWS taken apart (RFC 7515 §7.1). It is only well formed: <see cref="Verify(JsonWebKeySet, AlgorithmRule)"/> says whether it is authentic.</summary>
public sealed class CompactJws
{
    /// <summary>The longest token that is read unless told otherwise: 16 KiB.</summary>
    public const int DefaultMaxLength = 16 * 1024;

    /// <summary>How many keys are tried for a token that names none.</summary>
    public const int MaxCandidates = 8;

    private CompactJws(JoseHeader header, byte[] signingInput, byte[] payload, byte[] signature)
    {
        Header = header;
        SigningInput = signingInput;
        Payload = payload;
        Signature = signature;
    }

    /// <summary>The protected header.</summary>
    public JoseHeader Header { get; }

    /// <summary>What the signature is over: the first two parts and the dot between them.</summary>
    public ReadOnlyMemory<byte> SigningInput { get; }

    /// <summary>The payload, decoded; any bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signature, decoded.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Takes a token apart (RFC 7515 §5.2 steps 1 to 7).</summary>
    /// <param name="token">The token.</param>
    /// <param name="maxLength">The most characters accepted.</param>
    public static MedIdResult<CompactJws> Parse(string token, int maxLength = DefaultMaxLength)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > maxLength)
        {
            return new MedIdError(CryptographyErrorCodes.JoseTooLarge, ErrorCategory.Malformed, "RFC 7515 §5.2", $"more than {maxLength} characters");
        }

        // RFC 7516 §9: five parts are a JWE.
        var text = token.AsSpan();
        switch (text.Count('.'))
        {
            case 2:
                break;
            case 4:
                return new MedIdError(CryptographyErrorCodes.JoseEncryptedNotSupported, ErrorCategory.Unsupported, "RFC 7516 §9");
            default:
                return Malformed("RFC 7515 §7.1", "not three parts");
        }

        // Steps 1, 2, 6 and 7: each part is base64url in its only form.
        var (first, last) = (text.IndexOf('.'), text.LastIndexOf('.'));
        if (!StrictBase64Url.TryDecode(text[..first], out var header)
            || !StrictBase64Url.TryDecode(text[(first + 1)..last], out var payload)
            || !StrictBase64Url.TryDecode(text[(last + 1)..], out var signature))
        {
            return Malformed("RFC 7515 §2", "a part is not base64url without padding");
        }

        // Steps 3 to 5: the header.
        var parsed = JoseHeader.Parse(header);
        return parsed.Succeeded ? new CompactJws(parsed.Value, Encoding.ASCII.GetBytes(token, 0, last), payload, signature) : parsed.Error;
    }

    /// <summary>Finds the key of the set that signed (RFC 7515 §5.2 step 8; RFC 8725 §3.1, §3.2).</summary>
    /// <param name="keys">The keys of the one party that may have signed.</param>
    /// <param name="algorithms">What may be used.</param>
    /// <returns>The key; or that the algorithm is not allowed, no key fits, or none signed.</returns>
    public MedIdResult<JsonWebKey> Verify(JsonWebKeySet keys, AlgorithmRule algorithms)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var algorithm = FindAlgorithm(algorithms);
        if (!algorithm.Succeeded)
        {
            return algorithm.Error;
        }

        var candidates = keys.Find(Header.KeyId, algorithm.Value).Where(k => algorithms.Allows(algorithm.Value, k.Key)).ToList();
        if (candidates.Count is 0 or > MaxCandidates)
        {
            return new MedIdError(
                CryptographyErrorCodes.JoseKeyNotFound,
                ErrorCategory.Untrusted,
                "RFC 7515 §6",
                candidates.Count == 0 ? "no key has this kid and fits the algorithm" : "no kid, and too many keys fit the algorithm");
        }

        return candidates.Find(k => k.Key.Verify(algorithm.Value, SigningInput.Span, Signature.Span)) is { } signer
            ? signer
            : new MedIdError(CryptographyErrorCodes.JoseSignatureInvalid, ErrorCategory.Untrusted, "RFC 7515 §5.2 step 8");
    }

    /// <summary>Whether one key signed, for tokens that are about a key known from elsewhere.</summary>
    /// <param name="key">The key.</param>
    /// <param name="algorithms">What may be used.</param>
    public MedIdResult<Unit> Verify(PublicKey key, AlgorithmRule algorithms)
    {
        ArgumentNullException.ThrowIfNull(key);
        var algorithm = FindAlgorithm(algorithms);
        if (!algorithm.Succeeded)
        {
            return algorithm.Error;
        }

        if (!algorithms.Allows(algorithm.Value, key))
        {
            return new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, "RFC 7515 §6", "the key does not fit the algorithm");
        }

        return key.Verify(algorithm.Value, SigningInput.Span, Signature.Span)
            ? Unit.Value
            : new MedIdError(CryptographyErrorCodes.JoseSignatureInvalid, ErrorCategory.Untrusted, "RFC 7515 §5.2 step 8");
    }

    /// <summary>The header's algorithm when it is one of the table and allowed.</summary>
    /// <param name="algorithms">What may be used.</param>
    public MedIdResult<SignatureAlgorithm> FindAlgorithm(AlgorithmRule algorithms)
    {
        ArgumentNullException.ThrowIfNull(algorithms);
        return SignatureAlgorithm.TryFromJose(Header.Algorithm, out var algorithm) && algorithms.Allows(algorithm)
            ? algorithm
            : new MedIdError(CryptographyErrorCodes.JoseAlgorithmNotAllowed, ErrorCategory.Policy, "RFC 8725 §3.1", $"allowed: {algorithms}");
    }

    private static MedIdError Malformed(string section, string detail) => new(CryptographyErrorCodes.JoseMalformed, ErrorCategory.Malformed, section, detail);
}
