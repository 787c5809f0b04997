using MedId.Core;

namespace MedId.Cryptography;

/// <summary>The parameters of one COSE_Key, taken out of their map.</summary>
internal ref struct CoseKeyParameters
{
    private const string KeySection = "RFC 9052 §7.1";
    private const string ProfileSection = "WebAuthn L3 §6.5.1.1";

    private long? _type;
    private long? _algorithm;
    private long? _curve;
    private ReadOnlySpan<byte> _first;
    private ReadOnlySpan<byte> _second;
    private ReadOnlySpan<byte> _third;

    public readonly long Algorithm => _algorithm.GetValueOrDefault();

    public static MedIdError? Read(ref CborReader reader, out CoseKeyParameters parameters)
    {
        parameters = default;
        if (!reader.TryReadMap(out var entries))
        {
            return Malformed(KeySection, "not a map");
        }

        while (!entries.AtEnd)
        {
            // The canonical order brings kty and alg before the key's own parameters, whose meaning depends on kty.
            if (!entries.TryReadInteger(out var label))
            {
                return Unexpected();
            }

            var refused = label == CoseKeyLabels.Operations ? MayVerify(ref entries) ? null : Malformed(KeySection, "key_ops does not allow to verify")
                : entries.TryReadInteger(out var number) ? parameters.TakeNumber(label, number)
                : entries.TryReadBytes(out var bytes) ? parameters.TakeBytes(label, bytes)
                : parameters.Misplaced(label);
            if (refused is not null)
            {
                return refused;
            }
        }

        return parameters._type is null ? Malformed(KeySection, "kty is missing")
            : parameters._algorithm is null ? Malformed(ProfileSection, "alg is missing")
            : null;
    }

    public readonly MedIdResult<PublicKey> ToKey(SignatureAlgorithm algorithm, int minimumRsaBits)
    {
        var kind = algorithm.KeyKind;
        var named = _type switch
        {
            CoseKeyLabels.Rsa => KeyKind.Rsa,
            CoseKeyLabels.Akp => CoseKeyLabels.TypeOf(kind) == CoseKeyLabels.Akp ? kind : null,
            _ => CoseKeyLabels.KindOf(_curve.GetValueOrDefault()),
        };
        if (_type is CoseKeyLabels.Okp or CoseKeyLabels.Ec2 && (named is null || CoseKeyLabels.TypeOf(named.Value) != _type))
        {
            return new MedIdError(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 9053 §7.1", "crv is missing, or no curve of kty known here");
        }

        // WebAuthn L3 §5.8.5: an algorithm goes with one curve.
        if (named != kind)
        {
            return new MedIdError(CryptographyErrorCodes.KeyAlgorithmMismatch, ErrorCategory.Untrusted, "WebAuthn L3 §5.8.5", "alg is not for this kty and crv");
        }

        return kind switch
        {
            KeyKind.Rsa => PublicKey.FromRsa(_first, _second, minimumRsaBits),
            KeyKind.Ed25519 or KeyKind.Ed448 => PublicKey.FromEdwardsPoint(kind, _second),
            KeyKind.MlDsa44 or KeyKind.MlDsa65 or KeyKind.MlDsa87 => PublicKey.FromMlDsa(kind, _first),
            _ => ToPoint(EllipticCurve.Of(kind)!),
        };
    }

    private static MedIdError Malformed(string section, string detail) => new(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, section, detail);

    private static MedIdError Unexpected() =>
        new(CryptographyErrorCodes.KeyParameterUnexpected, ErrorCategory.Malformed, ProfileSection, "a parameter beside kty, alg, key_ops and the key's numbers");

    private static bool MayVerify(ref CborReader entries)
    {
        if (!entries.TryReadArray(out var operations))
        {
            return false;
        }

        while (!operations.AtEnd)
        {
            if (!operations.TryReadInteger(out var operation))
            {
                operations.TrySkip();
            }
            else if (operation == CoseKeyLabels.Verify)
            {
                return true;
            }
        }

        return false;
    }

    private MedIdError? TakeNumber(long label, long value)
    {
        switch (label)
        {
            case CoseKeyLabels.KeyType:
                _type = value;
                return value is CoseKeyLabels.Okp or CoseKeyLabels.Ec2 or CoseKeyLabels.Rsa or CoseKeyLabels.Akp ? null
                    : new(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 9053 §7", "kty is none of OKP, EC2, RSA, AKP");
            case CoseKeyLabels.Algorithm:
                _algorithm = value;
                return null;
            case CoseKeyLabels.First when _type is CoseKeyLabels.Ec2 or CoseKeyLabels.Okp:
                _curve = value;
                return null;
            default:
                return Misplaced(label);
        }
    }

    private MedIdError? TakeBytes(long label, ReadOnlySpan<byte> value)
    {
        switch (label)
        {
            case CoseKeyLabels.First when _type is CoseKeyLabels.Rsa or CoseKeyLabels.Akp:
                _first = value;
                return null;
            case CoseKeyLabels.Second when _type is CoseKeyLabels.Rsa or CoseKeyLabels.Ec2 or CoseKeyLabels.Okp:
                _second = value;
                return null;
            case CoseKeyLabels.Third when _type is CoseKeyLabels.Ec2:
                _third = value;
                return null;
            default:
                return Misplaced(label);
        }
    }

    /// <summary>A known label with a value of another type, or a label that the key may not have.</summary>
    private readonly MedIdError Misplaced(long label)
    {
        var last = _type switch { CoseKeyLabels.Ec2 => CoseKeyLabels.Third, CoseKeyLabels.Akp => CoseKeyLabels.First, _ => CoseKeyLabels.Second };
        return label is CoseKeyLabels.KeyType or CoseKeyLabels.Algorithm || (label < 0 && label >= last)
            ? Malformed("WebAuthn L3 §5.8.5", "a parameter of another type; a compressed point is not accepted")
            : Unexpected();
    }

    private readonly MedIdResult<PublicKey> ToPoint(EllipticCurve curve) => _second.Length == curve.FieldLength && _third.Length == curve.FieldLength
        ? PublicKey.FromCoordinates(curve, _second.ToArray(), _third.ToArray())
        : Malformed("RFC 9053 §7.1.1", "x and y are as long as the field");
}
