using System.Buffers.Binary;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>TAG_UAFV1_REG_ASSERTION, read and not yet verified. UAF 1.1 authnr-cmds §5.2.1.</summary>
internal ref struct RegistrationAssertion
{
    /// <summary>The element that is signed, with its header.</summary>
    public ReadOnlySpan<byte> SignedBytes;
    public Aaid Aaid;
    public AssertionInfo Info;
    public ReadOnlySpan<byte> FinalChallengeHash;
    public ReadOnlySpan<byte> KeyId;
    public uint SignCounter;
    public uint RegistrationCounter;
    public ReadOnlySpan<byte> PublicKey;
    public AttestationElement Attestation;

    /// <summary>Extensions under the signature.</summary>
    public IReadOnlyList<UafExtension> SignedExtensions;

    /// <summary>Extensions beside it: they prove nothing, but an unknown critical one still refuses the assertion.</summary>
    public IReadOnlyList<UafExtension> OuterExtensions;

    public static MedIdError? Read(ReadOnlySpan<byte> bytes, out RegistrationAssertion assertion)
    {
        assertion = default;
        if (AssertionEnvelope.Open(bytes, UafTag.RegistrationAssertion, out var content) is { } notThisKind)
        {
            return notThisKind;
        }

        TlvField data = default;
        TlvField attestation = default;
        ushort attestationTag = 0;
        List<UafExtension>? outer = null;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var tag, out var value, out var raw))
            {
                return TlvRefusal.CutOff;
            }

            MedIdError? refusal;
            switch (tag)
            {
                case UafTag.KeyRegistrationData:
                    refusal = data.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag);
                    break;
                case UafTag.BasicFull or UafTag.BasicSurrogate or UafTag.Ecdaa:
                    // One attestation, of one kind.
                    refusal = attestation.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag);
                    attestationTag = tag;
                    break;
                case UafTag.Extension or UafTag.ExtensionNonCritical:
                    refusal = AssertionExtensions.Read(tag, value, ref outer);
                    break;
                default:
                    refusal = TlvRefusal.Unexpected(tag);
                    break;
            }

            if (refusal is not null)
            {
                return refusal;
            }
        }

        if (!data.IsPresent)
        {
            return TlvRefusal.Missing(UafTag.KeyRegistrationData, UafSections.RegistrationAssertion);
        }

        if (!attestation.IsPresent)
        {
            return new(UafErrorCodes.AttestationMissing, ErrorCategory.Untrusted, UafSections.RegistrationAssertion);
        }

        assertion.SignedBytes = data.Raw;
        assertion.OuterExtensions = outer ?? (IReadOnlyList<UafExtension>)[];
        return ReadKeyRegistrationData(data.Value, ref assertion)
            ?? AttestationElement.Read(attestationTag, attestation.Value, out assertion.Attestation);
    }

    private static MedIdError? ReadKeyRegistrationData(ReadOnlySpan<byte> content, ref RegistrationAssertion assertion)
    {
        TlvField aaid = default;
        TlvField info = default;
        TlvField finalChallenge = default;
        TlvField keyId = default;
        TlvField counters = default;
        TlvField publicKey = default;
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
                UafTag.FinalChallengeHash => finalChallenge.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.KeyId => TlvRefusal.KeyId(value) ?? (keyId.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag)),
                UafTag.Counters => counters.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
                UafTag.PublicKey => publicKey.TryTake(value, raw) ? null : TlvRefusal.Duplicate(tag),
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
            : !finalChallenge.IsPresent ? UafTag.FinalChallengeHash
            : !keyId.IsPresent ? UafTag.KeyId
            : !counters.IsPresent ? UafTag.Counters
            : !publicKey.IsPresent ? UafTag.PublicKey : 0;
        if (missing != 0)
        {
            return TlvRefusal.Missing((ushort)missing, UafSections.RegistrationAssertion);
        }

        if (AssertionEnvelope.ReadAaid(aaid.Value, UafSections.RegistrationAssertion, out assertion.Aaid) is { } noAaid)
        {
            return noAaid;
        }

        var wrong = info.Value.Length != AssertionInfo.RegistrationBytes ? UafTag.AssertionInfo
            : finalChallenge.Value.Length is 0 or > SignAssertion.MaximumHashBytes ? UafTag.FinalChallengeHash
            : counters.Value.Length != 2 * sizeof(uint) ? UafTag.Counters
            : publicKey.Value.IsEmpty ? UafTag.PublicKey : 0;
        if (wrong != 0)
        {
            return TlvRefusal.Length((ushort)wrong, UafSections.RegistrationAssertion);
        }

        assertion.Info = AssertionInfo.Read(info.Value);
        assertion.FinalChallengeHash = finalChallenge.Value;
        assertion.KeyId = keyId.Value;
        assertion.SignCounter = BinaryPrimitives.ReadUInt32LittleEndian(counters.Value);
        assertion.RegistrationCounter = BinaryPrimitives.ReadUInt32LittleEndian(counters.Value[sizeof(uint)..]);
        assertion.PublicKey = publicKey.Value;
        assertion.SignedExtensions = extensions ?? (IReadOnlyList<UafExtension>)[];
        return null;
    }
}
