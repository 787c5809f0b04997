using System.Buffers.Binary;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>TAG_UAFV1_AUTH_ASSERTION, read and not yet verified. UAF 1.1 authnr-cmds §5.2.2.</summary>
internal ref struct SignAssertion
{
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

    public static MedIdError? Read(ReadOnlySpan<byte> bytes, out SignAssertion assertion, Tolerance? tolerance = null)
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
        return ReadSignedData(signedData.Value, tolerance ?? Tolerance.Strict, ref assertion);
    }

    private static MedIdError? ReadSignedData(ReadOnlySpan<byte> content, Tolerance tolerance, ref SignAssertion assertion)
    {
        var refusal = SignedFields.Read(content, isRegistration: false, tolerance, out var fields);
        if (refusal is null)
        {
            assertion.Aaid = fields.Aaid;
            assertion.Info = AssertionInfo.Read(fields.Info.Value);
            assertion.FinalChallengeHash = fields.FinalChallengeHash.Value;
            assertion.TransactionContentHash = fields.TransactionContentHash.Value;
            assertion.KeyId = fields.KeyId.Value;
            assertion.SignCounter = BinaryPrimitives.ReadUInt32LittleEndian(fields.Counters.Value);
            assertion.SignedExtensions = fields.Extensions;
        }

        return refusal;
    }
}
