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

    public static MedIdError? Read(ReadOnlySpan<byte> bytes, out RegistrationAssertion assertion, Tolerance? tolerance = null)
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
        return ReadKeyRegistrationData(data.Value, tolerance ?? Tolerance.Strict, ref assertion)
            ?? AttestationElement.Read(attestationTag, attestation.Value, out assertion.Attestation);
    }

    private static MedIdError? ReadKeyRegistrationData(ReadOnlySpan<byte> content, Tolerance tolerance, ref RegistrationAssertion assertion)
    {
        var refusal = SignedFields.Read(content, isRegistration: true, tolerance, out var fields);
        if (refusal is null)
        {
            assertion.Aaid = fields.Aaid;
            assertion.Info = AssertionInfo.Read(fields.Info.Value);
            assertion.FinalChallengeHash = fields.FinalChallengeHash.Value;
            assertion.KeyId = fields.KeyId.Value;
            assertion.SignCounter = BinaryPrimitives.ReadUInt32LittleEndian(fields.Counters.Value);
            assertion.RegistrationCounter = BinaryPrimitives.ReadUInt32LittleEndian(fields.Counters.Value[sizeof(uint)..]);
            assertion.PublicKey = fields.PublicKey.Value;
            assertion.SignedExtensions = fields.Extensions;
        }

        return refusal;
    }
}
