using System.Buffers.Binary;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>TAG_UAFV1_AUTH_ASSERTION, read and not yet verified. UAF 1.1 authnr-cmds §5.2.2.</summary>
internal ref struct SignAssertion
{
    public const int MinimumNonceBytes = 8;
    public const int MaximumHashBytes = 64;

    /// <summary>The element that is signed, with its header.</summary>
    public ReadOnlySpan<byte> SignedBytes;
    public ReadOnlySpan<byte> Signature;
    public Aaid Aaid;
    public AssertionInfo Info;
    public ReadOnlySpan<byte> FinalChallengeHash;
    public ReadOnlySpan<byte> TransactionContentHash;
    public ReadOnlySpan<byte> KeyId;
    public uint SignCounter;

    /// <summary>Extensions under the signature.</summary>
    public IReadOnlyList<UafExtension> SignedExtensions;

    /// <summary>Extensions beside it: they prove nothing, but an unknown critical one still refuses the assertion.</summary>
    public IReadOnlyList<UafExtension> OuterExtensions;

    public static MedIdError? Read(ReadOnlySpan<byte> bytes, out SignAssertion assertion)
    {
        assertion = default;
        if (AssertionEnvelope.Open(bytes, UafTag.AuthenticationAssertion, out var content) is { } notThisKind)
        {
            return notThisKind;
        }

        TlvField signedData = default;
        TlvField signature = default;
        List<UafExtension>? outer = null;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var tag, out var value, out var raw))
            {
                return TlvRefusal.CutOff;
            }

            var refusal = tag switch
            {
                UafTag.SignedData => signedData.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.Signature => signature.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.Extension or UafTag.ExtensionNonCritical => AssertionExtensions.Read(tag, value, ref outer),
                _ => TlvRefusal.Unexpected(tag),
            };
            if (refusal is not null)
            {
                return refusal;
            }
        }

        if (!signedData.IsPresent || !signature.IsPresent)
        {
            return TlvRefusal.Missing(signedData.IsPresent ? UafTag.Signature : UafTag.SignedData, UafSections.AuthenticationAssertion);
        }

        if (signature.Value.IsEmpty)
        {
            return TlvRefusal.Length(UafTag.Signature, UafSections.AuthenticationAssertion);
        }

        assertion.SignedBytes = signedData.Raw;
        assertion.Signature = signature.Value;
        assertion.OuterExtensions = outer ?? (IReadOnlyList<UafExtension>)[];
        return ReadSignedData(signedData.Value, ref assertion);
    }

    private static MedIdError? ReadSignedData(ReadOnlySpan<byte> content, ref SignAssertion assertion)
    {
        TlvField aaid = default;
        TlvField info = default;
        TlvField nonce = default;
        TlvField finalChallenge = default;
        TlvField transaction = default;
        TlvField keyId = default;
        TlvField counters = default;
        List<UafExtension>? extensions = null;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var tag, out var value, out var raw))
            {
                return TlvRefusal.CutOff;
            }

            var refusal = tag switch
            {
                UafTag.Aaid => aaid.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.AssertionInfo => info.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.AuthenticatorNonce => nonce.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.FinalChallengeHash => finalChallenge.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.TransactionContentHash => transaction.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.KeyId => TlvRefusal.KeyId(value) ?? (keyId.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag)),
                UafTag.Counters => counters.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.Extension or UafTag.ExtensionNonCritical => AssertionExtensions.Read(tag, value, ref extensions),
                _ => TlvRefusal.Unexpected(tag),
            };
            if (refusal is not null)
            {
                return refusal;
            }
        }

        var missing = !aaid.IsPresent ? UafTag.Aaid
            : !info.IsPresent ? UafTag.AssertionInfo
            : !nonce.IsPresent ? UafTag.AuthenticatorNonce
            : !finalChallenge.IsPresent ? UafTag.FinalChallengeHash
            : !transaction.IsPresent ? UafTag.TransactionContentHash
            : !keyId.IsPresent ? UafTag.KeyId
            : !counters.IsPresent ? UafTag.Counters : 0;
        if (missing != 0)
        {
            return TlvRefusal.Missing((ushort)missing, UafSections.AuthenticationAssertion);
        }

        if (AssertionEnvelope.ReadAaid(aaid.Value, UafSections.AuthenticationAssertion, out assertion.Aaid) is { } noAaid)
        {
            return noAaid;
        }

        if (nonce.Value.Length < MinimumNonceBytes)
        {
            return new(UafErrorCodes.NonceLength, ErrorCategory.Malformed, UafSections.AuthenticationAssertion);
        }

        var wrong = info.Value.Length != AssertionInfo.AuthenticationBytes ? UafTag.AssertionInfo
            : finalChallenge.Value.Length is 0 or > MaximumHashBytes ? UafTag.FinalChallengeHash
            : transaction.Value.Length > MaximumHashBytes ? UafTag.TransactionContentHash
            : counters.Value.Length != sizeof(uint) ? UafTag.Counters : 0;
        if (wrong != 0)
        {
            return TlvRefusal.Length((ushort)wrong, UafSections.AuthenticationAssertion);
        }

        assertion.Info = AssertionInfo.Read(info.Value);
        assertion.FinalChallengeHash = finalChallenge.Value;
        assertion.TransactionContentHash = transaction.Value;
        assertion.KeyId = keyId.Value;
        assertion.SignCounter = BinaryPrimitives.ReadUInt32LittleEndian(counters.Value);
        assertion.SignedExtensions = extensions ?? (IReadOnlyList<UafExtension>)[];
        return null;
    }
}
