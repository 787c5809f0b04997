using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.Fido.Uaf;

/// <summary>A look into one assertion: what stands in it, whether it keeps the standard, whether hash and signature hold. It proves nothing about trust.</summary>
/// <remarks>Fields are taken from the signed element as far as they can be read, also where the assertion departs from the standard.</remarks>
public sealed class UafInspection
{
    private readonly ReadOnlyMemory<byte> _signed;
    private readonly UafTlvElement? _body;

    private UafInspection(ReadOnlyMemory<byte> assertion, IReadOnlyList<UafTlvElement> elements)
    {
        Elements = elements;
        var outer = elements[0];
        Operation = outer.Tag switch
        {
            UafTag.RegistrationAssertion => UafOperation.Registration,
            UafTag.AuthenticationAssertion => UafOperation.Authentication,
            _ => null,
        };
        Problem = Operation switch
        {
            UafOperation.Registration => RegistrationAssertion.Read(assertion.Span, out _),
            UafOperation.Authentication => SignAssertion.Read(assertion.Span, out _),
            _ => TlvRefusal.Malformed(UafSections.Tlv, "the outer element is no assertion"),
        };
        var at = TlvReader.HeaderBytes;
        foreach (var child in outer.Children)
        {
            var length = TlvReader.HeaderBytes + child.Value.Length;
            if (child.Tag is UafTag.KeyRegistrationData or UafTag.SignedData)
            {
                (_body, _signed) = (child, assertion.Slice(at, length));
                break;
            }

            at += length;
        }
    }

    /// <summary>The elements, outermost first.</summary>
    public IReadOnlyList<UafTlvElement> Elements { get; }

    /// <summary>What kind of assertion it is; null for neither.</summary>
    public UafOperation? Operation { get; }

    /// <summary>How it departs from the standard; null when it does not.</summary>
    public MedIdError? Problem { get; }

    /// <summary>TAG_AAID as text; null where there is none.</summary>
    public string? Aaid => Field(UafTag.Aaid) is { } value && Ascii.IsValid(value.Span) ? Encoding.ASCII.GetString(value.Span) : null;

    /// <summary>TAG_KEYID; null where there is none.</summary>
    public ReadOnlyMemory<byte>? KeyId => Field(UafTag.KeyId);

    /// <summary>Authenticator version, mode and algorithms of TAG_ASSERTION_INFO; null where they cannot be read.</summary>
    public (ushort AuthenticatorVersion, byte Mode, FidoAlgorithm Algorithm, FidoKeyFormat? KeyFormat)? Info =>
        Field(UafTag.AssertionInfo) is { Length: AssertionInfo.AuthenticationBytes or AssertionInfo.RegistrationBytes } value && AssertionInfo.Read(value.Span) is var info
            ? (info.AuthenticatorVersion, info.Mode, info.Algorithm, value.Length == AssertionInfo.RegistrationBytes ? info.KeyFormat : null)
            : null;

    /// <summary>The first number of TAG_COUNTERS; null where there is none.</summary>
    public uint? SignCounter => Field(UafTag.Counters) is { Length: >= sizeof(uint) } value ? BinaryPrimitives.ReadUInt32LittleEndian(value.Span) : null;

    /// <summary>The second number of TAG_COUNTERS; null where there is none.</summary>
    public uint? RegistrationCounter =>
        Field(UafTag.Counters) is { Length: >= 2 * sizeof(uint) } value ? BinaryPrimitives.ReadUInt32LittleEndian(value.Span[sizeof(uint)..]) : null;

    /// <summary>TAG_FINAL_CHALLENGE_HASH; null where there is none.</summary>
    public ReadOnlyMemory<byte>? FinalChallengeHash => Field(UafTag.FinalChallengeHash);

    /// <summary>TAG_TRANSACTION_CONTENT_HASH; null where there is none.</summary>
    public ReadOnlyMemory<byte>? TransactionContentHash => Field(UafTag.TransactionContentHash);

    /// <summary>TAG_AUTHENTICATOR_NONCE; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Nonce => Field(UafTag.AuthenticatorNonce);

    /// <summary>TAG_PUB_KEY; null where there is none.</summary>
    public ReadOnlyMemory<byte>? PublicKey => Field(UafTag.PublicKey);

    /// <summary>The attestation's type; null where there is none.</summary>
    public UafAttestationType? AttestationType => Attestation is { } element ? (UafAttestationType)element.Tag : null;

    /// <summary>The attestation's certificates, DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates =>
        [.. (Attestation?.Children ?? []).Where(child => child.Tag == UafTag.AttestationCertificate).Select(child => child.Value)];

    private UafTlvElement? Attestation =>
        Elements[0].Children.FirstOrDefault(child => child.Tag is UafTag.BasicFull or UafTag.BasicSurrogate or UafTag.Ecdaa);

    /// <summary>Looks into an assertion.</summary>
    /// <param name="assertion">The TLV.</param>
    /// <returns>What stands in it, or <c>uaf.assertion_malformed</c> or <c>uaf.trailing_bytes</c> for bytes that are not one TLV element.</returns>
    public static MedIdResult<UafInspection> Read(ReadOnlyMemory<byte> assertion)
    {
        if (assertion.Length > UafLimits.AssertionBytes)
        {
            return TlvRefusal.Malformed(UafSections.Dictionaries, "longer than 4096 bytes");
        }

        var elements = UafTlvTree.Read(assertion);
        return !elements.Succeeded ? elements.Error
            : elements.Value.Count == 0 ? TlvRefusal.CutOff
            : elements.Value.Count > 1 ? TlvRefusal.TrailingBytes
            : new UafInspection(assertion, elements.Value);
    }

    /// <summary>Whether the signed hash is that of final challenge parameters; null where algorithm or hash cannot be read.</summary>
    /// <param name="fcParams">The text as it was sent.</param>
    public bool? VerifyFinalChallenge(string fcParams)
    {
        ArgumentNullException.ThrowIfNull(fcParams);
        if (FinalChallengeHash is not { } signed || Info is not { } info || !SignatureAlgorithm.TryFromUaf((ushort)info.Algorithm, out var algorithm))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SignedFields.MaximumHashBytes];
        var length = UafHash.HashData(algorithm, Encoding.UTF8.GetBytes(fcParams), hash);
        return CryptographicOperations.FixedTimeEquals(hash[..length], signed.Span);
    }

    /// <summary>Whether the signature holds: of a registration under its attestation certificate or new key, of an authentication under a registered key.</summary>
    /// <param name="registration">The registered key; needed for authentications.</param>
    /// <returns>Null where there is no key to verify with, or the algorithm is not supported.</returns>
    public bool? VerifySignature(UafRegistration? registration = null)
    {
        if (_body is null || Info is not { } info || !SignatureAlgorithm.TryFromUaf((ushort)info.Algorithm, out var algorithm))
        {
            return null;
        }

        var signature = (Operation == UafOperation.Registration ? Attestation?.Children : Elements[0].Children)?.FirstOrDefault(child => child.Tag == UafTag.Signature);
        var key = Operation switch
        {
            UafOperation.Registration when AttestationType == UafAttestationType.BasicFull => CertifiedKey(),
            UafOperation.Registration when AttestationType == UafAttestationType.BasicSurrogate && PublicKey is { } own && info.KeyFormat is { } format => Key(format, algorithm, own),
            UafOperation.Authentication when registration is not null => Key(registration.KeyFormat, algorithm, registration.PublicKey),
            _ => null,
        };
        return key is null || signature is null ? null : UafPublicKey.Verify(key, algorithm, _signed.Span, signature.Value.Span, Tolerance.Strict);
    }

    private static PublicKey? Key(FidoKeyFormat format, SignatureAlgorithm algorithm, ReadOnlyMemory<byte> encoded) =>
        UafPublicKey.Encoding(format, algorithm, encoded.Span, new Tolerance(UafLeniencies.RsaSubjectPublicKeyInfo)) is { } encoding
            ? new PublicKeyCache(1).GetOrImport(encoding, encoded.Span).Value
            : null;

    private PublicKey? CertifiedKey() => Certificates.Count > 0 ? Certificate.Parse(Certificates[0]).Value?.ReadPublicKey().Value : null;

    private ReadOnlyMemory<byte>? Field(ushort tag)
    {
        var element = _body?.Children.FirstOrDefault(child => child.Tag == tag);
        return element is null ? default(ReadOnlyMemory<byte>?) : element.Value;
    }
}
