using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>The elements of TAG_UAFV1_KRD or TAG_UAFV1_SIGNED_DATA: each once, the mandatory ones there, the lengths right. UAF 1.1 authnr-cmds §5.2.</summary>
internal ref struct SignedFields
{
    public const int MinimumNonceBytes = 8;
    public const int MaximumHashBytes = 64;

    public Aaid Aaid;
    public TlvField Info;
    public TlvField FinalChallengeHash;
    public TlvField KeyId;
    public TlvField Counters;
    public IReadOnlyList<UafExtension> Extensions;

    /// <summary>Registrations only.</summary>
    public TlvField PublicKey;

    /// <summary>Authentications only.</summary>
    public TlvField Nonce;
    public TlvField TransactionContentHash;

    private TlvField _aaid;
    private List<UafExtension>? _extensions;

    public static MedIdError? Read(ReadOnlySpan<byte> content, bool isRegistration, Tolerance tolerance, out SignedFields fields)
    {
        fields = default;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var tag, out var value, out var raw))
            {
                return TlvRefusal.CutOff;
            }

            if (fields.Take(tag, value, raw, isRegistration, tolerance) is { } refusal)
            {
                return refusal;
            }
        }

        fields.Extensions = fields._extensions ?? (IReadOnlyList<UafExtension>)[];
        return fields.JudgePresence(isRegistration) ?? fields.JudgeLengths(isRegistration);
    }

    private MedIdError? Take(ushort tag, ReadOnlySpan<byte> value, ReadOnlySpan<byte> raw, bool isRegistration, Tolerance tolerance)
    {
        switch (tag)
        {
            case UafTag.Extension or UafTag.ExtensionNonCritical:
                return AssertionExtensions.Read(tag, value, ref _extensions);
            case UafTag.KeyId when !UafKeyId.IsLength(value.Length)
                && !(value.Length is >= 1 and < UafKeyId.MinimumBytes && tolerance.Take(UafLeniencies.KeyIdLength)):
                return new(UafErrorCodes.KeyIdLength, ErrorCategory.Malformed, UafSections.Dictionaries);
        }

        var taken = tag switch
        {
            UafTag.Aaid => _aaid.TryTake(value, raw),
            UafTag.AssertionInfo => Info.TryTake(value, raw),
            UafTag.FinalChallengeHash => FinalChallengeHash.TryTake(value, raw),
            UafTag.KeyId => KeyId.TryTake(value, raw),
            UafTag.Counters => Counters.TryTake(value, raw),
            UafTag.PublicKey when isRegistration => PublicKey.TryTake(value, raw),
            UafTag.AuthenticatorNonce when !isRegistration => Nonce.TryTake(value, raw),
            UafTag.TransactionContentHash when !isRegistration => TransactionContentHash.TryTake(value, raw),
            _ => (bool?)null,
        };
        return taken switch
        {
            null => TlvRefusal.Unexpected(tag),
            false => TlvRefusal.Duplicate(tag),
            true => null,
        };
    }

    private readonly MedIdError? JudgePresence(bool isRegistration)
    {
        ushort missing = !_aaid.IsPresent ? UafTag.Aaid
            : !Info.IsPresent ? UafTag.AssertionInfo
            : !FinalChallengeHash.IsPresent ? UafTag.FinalChallengeHash
            : !KeyId.IsPresent ? UafTag.KeyId
            : !Counters.IsPresent ? UafTag.Counters
            : isRegistration && !PublicKey.IsPresent ? UafTag.PublicKey
            : !isRegistration && !Nonce.IsPresent ? UafTag.AuthenticatorNonce
            : !isRegistration && !TransactionContentHash.IsPresent ? UafTag.TransactionContentHash
            : (ushort)0;
        return missing == 0 ? null : TlvRefusal.Missing(missing, Section(isRegistration));
    }

    private MedIdError? JudgeLengths(bool isRegistration)
    {
        if (!isRegistration && Nonce.Value.Length < MinimumNonceBytes)
        {
            return new(UafErrorCodes.NonceLength, ErrorCategory.Malformed, UafSections.AuthenticationAssertion);
        }

        ushort wrong = !Fido.Uaf.Aaid.TryParse(_aaid.Value, out Aaid) ? UafTag.Aaid
            : Info.Value.Length != (isRegistration ? AssertionInfo.RegistrationBytes : AssertionInfo.AuthenticationBytes) ? UafTag.AssertionInfo
            : FinalChallengeHash.Value.Length is 0 or > MaximumHashBytes ? UafTag.FinalChallengeHash
            : Counters.Value.Length != sizeof(uint) * (isRegistration ? 2 : 1) ? UafTag.Counters
            : isRegistration && PublicKey.Value.IsEmpty ? UafTag.PublicKey
            : TransactionContentHash.Value.Length > MaximumHashBytes ? UafTag.TransactionContentHash
            : (ushort)0;
        return wrong == 0 ? null : TlvRefusal.Length(wrong, Section(isRegistration));
    }

    private static string Section(bool isRegistration) => isRegistration ? UafSections.RegistrationAssertion : UafSections.AuthenticationAssertion;
}
