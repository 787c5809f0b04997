using System.Buffers.Binary;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Reads any TLV into a tree, whether it makes sense or not.</summary>
internal static class UafTlvTree
{
    private const ushort CompositeBit = 0x1000;
    private const int MaximumDepth = 5;
    private const int MaximumElements = 256;

    public static MedIdResult<List<UafTlvElement>> Read(ReadOnlyMemory<byte> bytes)
    {
        var count = 0;
        return Read(bytes, 0, ref count) is { } elements ? elements : TlvRefusal.CutOff;
    }

    private static List<UafTlvElement>? Read(ReadOnlyMemory<byte> bytes, int depth, ref int count)
    {
        var elements = new List<UafTlvElement>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < TlvReader.HeaderBytes || ++count > MaximumElements)
            {
                return null;
            }

            var tag = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[2..]);
            if (length > bytes.Length - TlvReader.HeaderBytes)
            {
                return null;
            }

            var value = bytes.Slice(TlvReader.HeaderBytes, length);
            IReadOnlyList<UafTlvElement>? children = [];
            if ((tag & CompositeBit) != 0)
            {
                children = depth < MaximumDepth ? Read(value, depth + 1, ref count) : null;
            }

            if (children is null)
            {
                return null;
            }

            elements.Add(new(tag, Name(tag), value, children));
            bytes = bytes[(TlvReader.HeaderBytes + length)..];
        }

        return elements;
    }

    private static string? Name(ushort tag) => tag switch
    {
        UafTag.RegistrationAssertion => "TAG_UAFV1_REG_ASSERTION",
        UafTag.AuthenticationAssertion => "TAG_UAFV1_AUTH_ASSERTION",
        UafTag.KeyRegistrationData => "TAG_UAFV1_KRD",
        UafTag.SignedData => "TAG_UAFV1_SIGNED_DATA",
        UafTag.AttestationCertificate => "TAG_ATTESTATION_CERT",
        UafTag.Signature => "TAG_SIGNATURE",
        UafTag.BasicFull => "TAG_ATTESTATION_BASIC_FULL",
        UafTag.BasicSurrogate => "TAG_ATTESTATION_BASIC_SURROGATE",
        UafTag.Ecdaa => "TAG_ATTESTATION_ECDAA",
        UafTag.KeyId => "TAG_KEYID",
        UafTag.FinalChallengeHash => "TAG_FINAL_CHALLENGE_HASH",
        UafTag.Aaid => "TAG_AAID",
        UafTag.PublicKey => "TAG_PUB_KEY",
        UafTag.Counters => "TAG_COUNTERS",
        UafTag.AssertionInfo => "TAG_ASSERTION_INFO",
        UafTag.AuthenticatorNonce => "TAG_AUTHENTICATOR_NONCE",
        UafTag.TransactionContentHash => "TAG_TRANSACTION_CONTENT_HASH",
        UafTag.Extension => "TAG_EXTENSION",
        UafTag.ExtensionNonCritical => "TAG_EXTENSION_NON_CRITICAL",
        UafTag.ExtensionId => "TAG_EXTENSION_ID",
        UafTag.ExtensionData => "TAG_EXTENSION_DATA",
        _ => null,
    };
}
