using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>The TLV of assertions, as an authenticator writes it, with the faults that lie there. UAF 1.1 authnr-cmds §5.2.</summary>
internal static class SoftwareUafAssertions
{
    private const ushort Krd = 0x3E03;
    private const ushort SignedData = 0x3E04;
    private const ushort Certificate = 0x2E05;
    private const ushort Signature = 0x2E06;
    private const ushort KeyId = 0x2E09;
    private const ushort FinalChallenge = 0x2E0A;
    private const ushort Aaid = 0x2E0B;
    private const ushort PublicKey = 0x2E0C;
    private const ushort Counters = 0x2E0D;
    private const ushort Info = 0x2E0E;
    private const ushort Nonce = 0x2E0F;
    private const ushort TransactionHash = 0x2E10;
    private const ushort Extension = 0x3E11;
    private const ushort NonCriticalExtension = 0x3E12;

    public static byte[] Registration(SoftwareUafModel model, SoftwareUafKey key, string fcParams, uint signCounter, uint registrationCounter, UafFault fault)
    {
        var counter = fault == UafFault.CounterReset ? uint.MaxValue : registrationCounter;
        var publicKey = key.Key.PublicKey(model.Options.KeyFormat);
        if (fault == UafFault.RsaKeyAsSubjectPublicKeyInfo)
        {
            publicKey = key.Key.SubjectPublicKeyInfo();
        }

        if (fault == UafFault.PointOffCurve)
        {
            publicKey[^1] ^= 1;
        }

        var format = (ushort)(fault == UafFault.OtherKeyFormat ? model.Options.KeyFormat ^ (FidoKeyFormat)1 : model.Options.KeyFormat);
        var data = new SoftwareUafTlv
        {
            { Aaid, ModelName(model, fault) },
            { Info, [.. AssertionInfo(model, fault, fault switch { UafFault.ModeZero => 0x00, UafFault.OtherMode => 0x02, _ => 0x01 }), .. SoftwareUafTlv.Number16(format)] },
            { FinalChallenge, FinalChallengeHash(model, fcParams, fault) },
            { KeyId, key.KeyId },
            { Counters, [.. SoftwareUafTlv.Number32(signCounter), .. SoftwareUafTlv.Number32(counter)] },
            { PublicKey, publicKey },
        };
        Spoil(data, fault);
        var signed = SoftwareUafTlv.Element(fault == UafFault.OtherInnerTag ? SignedData : Krd, data.ToBytes());
        var outer = new SoftwareUafTlv { (fault == UafFault.OtherInnerTag ? SignedData : Krd, data.ToBytes()) };
        if (fault != UafFault.NoAttestation)
        {
            outer.Add(Attestation(model, key, signed, fault));
        }

        return Close(outer, fault == UafFault.OtherOuterTag ? (ushort)0x3E02 : (ushort)0x3E01, fault);
    }

    public static byte[] Authentication(SoftwareUafModel model, SoftwareUafKey key, string fcParams, uint counter, byte[]? transaction, UafFault fault)
    {
        var confirms = transaction is not null;
        var mode = fault switch
        {
            UafFault.ModeZero => (byte)0x00,
            UafFault.OtherMode => confirms ? (byte)0x01 : (byte)0x02,
            _ => confirms ? (byte)0x02 : (byte)0x01,
        };
        var data = new SoftwareUafTlv
        {
            { Aaid, ModelName(model, fault) },
            { Info, AssertionInfo(model, fault, mode) },
            { Nonce, RandomNumberGenerator.GetBytes(fault == UafFault.ShortNonce ? 7 : 8) },
            { FinalChallenge, FinalChallengeHash(model, fcParams, fault) },
            { TransactionHash, TransactionContentHash(model, transaction, mode, fault) },
            { KeyId, fault is UafFault.UnknownKey ? RandomNumberGenerator.GetBytes(32) : fault == UafFault.ShortKeyId ? key.KeyId[..15] : fault == UafFault.LongKeyId ? [.. key.KeyId, 0] : key.KeyId },
            { Counters, SoftwareUafTlv.Number32(counter) },
        };
        Spoil(data, fault);
        var tag = fault == UafFault.OtherInnerTag ? Krd : SignedData;
        var signed = SoftwareUafTlv.Element(tag, data.ToBytes());
        var outer = new SoftwareUafTlv { (tag, data.ToBytes()), (Signature, Sign(key.Key, model, signed, fault)) };
        return Close(outer, fault == UafFault.OtherOuterTag ? (ushort)0x3E01 : (ushort)0x3E02, fault);
    }

    private static (ushort Tag, byte[] Value) Attestation(SoftwareUafModel model, SoftwareUafKey key, byte[] signed, UafFault fault)
    {
        if (fault == UafFault.EcdaaAttestation)
        {
            return (0x3E09, new SoftwareUafTlv { (Signature, RandomNumberGenerator.GetBytes(64)) }.ToBytes());
        }

        if (model.AttestationKey is null || fault == UafFault.SurrogateAttestation)
        {
            return (0x3E08, new SoftwareUafTlv { (Signature, Sign(key.Key, model, signed, fault)) }.ToBytes());
        }

        var signer = model;
        if (fault is UafFault.ForeignAttestationCertificate or UafFault.LongAttestationPath)
        {
            // A certificate of the same name and shape, with another key.
            signer = SoftwareUafModel.Create(model.Options);
        }

        var attestation = new SoftwareUafTlv { (Signature, Sign(signer.AttestationKey!, model, signed, fault)) };
        foreach (var certificate in fault switch
        {
            UafFault.GarbageAttestationCertificate => [RandomNumberGenerator.GetBytes(64)],
            UafFault.NoIntermediateCertificate => signer.Certificates.Take(1),
            _ => signer.Certificates,
        })
        {
            attestation.Add((Certificate, certificate));
        }

        if (fault == UafFault.LongAttestationPath)
        {
            attestation.Add((Certificate, signer.Roots[0]));
            attestation.Add((Certificate, model.Roots[0]));
        }

        return (0x3E07, attestation.ToBytes());
    }

    private static byte[] Sign(SoftwareUafPrivateKey key, SoftwareUafModel model, byte[] element, UafFault fault)
    {
        var signer = fault == UafFault.ForeignKey ? SoftwareUafPrivateKey.Create(model.Options.Algorithm) : key;
        var signature = signer.Sign(fault == UafFault.SignatureWithoutHeader ? element[4..] : element);
        if (fault == UafFault.TamperedSignature)
        {
            signature[^1] ^= 1;
        }

        return fault switch
        {
            UafFault.EmptySignature => [],
            UafFault.LooseDerSignature => IsDer(model) ? Loosen(signature) : [0, .. signature],
            _ => signature,
        };
    }

    private static bool IsDer(SoftwareUafModel model) => model.Options.Algorithm is FidoAlgorithm.EcdsaP256Sha256Der or FidoAlgorithm.EcdsaSecp256k1Sha256Der;

    // DER integers as some authenticators write them: always the field's length, with the top bit set where it is set.
    private static byte[] Loosen(byte[] der)
    {
        var sequence = new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        var (r, s) = (sequence.ReadInteger(), sequence.ReadInteger());
        byte[] Field(System.Numerics.BigInteger number)
        {
            var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
            return [0x02, 32, .. new byte[32 - bytes.Length], .. bytes];
        }

        return [0x30, 68, .. Field(r), .. Field(s)];
    }

    private static byte[] ModelName(SoftwareUafModel model, UafFault fault) => Encoding.ASCII.GetBytes(fault == UafFault.UnknownModel ? "FFFF#0000" : model.Options.Aaid);

    private static byte[] AssertionInfo(SoftwareUafModel model, UafFault fault, byte mode)
    {
        var version = fault == UafFault.OldFirmware ? (ushort)(model.Options.AuthenticatorVersion - 1) : model.Options.AuthenticatorVersion;

        // 0x0001 and 0x0002, 0x0003 and 0x0004, ...: raw and DER of one algorithm.
        var algorithm = (ushort)model.Options.Algorithm;
        var other = (ushort)(algorithm % 2 == 1 ? algorithm + 1 : algorithm - 1);
        return [.. SoftwareUafTlv.Number16(version), mode, .. SoftwareUafTlv.Number16(fault == UafFault.OtherAlgorithm ? other : algorithm)];
    }

    [SuppressMessage("Security", "CA5350", Justification = "Misbehaves on purpose: a SHA-1 hash has to be refused.")]
    private static byte[] FinalChallengeHash(SoftwareUafModel model, string fcParams, UafFault fault) => fault switch
    {
        UafFault.Sha1FinalChallenge => SHA1.HashData(Encoding.ASCII.GetBytes(fcParams)),
        UafFault.HashOfDecodedFinalChallenge => Hash(model, StrictBase64Url.TryDecode(fcParams, out var json) ? json : []),
        UafFault.OtherFinalChallenge => Hash(model, Encoding.ASCII.GetBytes(fcParams + "x")),
        _ => Hash(model, Encoding.ASCII.GetBytes(fault == UafFault.PaddedFinalChallengeParams ? fcParams + "==" : fcParams)),
    };

    private static byte[] Hash(SoftwareUafModel model, byte[] data) => CryptographicOperations.HashData(SoftwareUafPrivateKey.Hash(model.Options.Algorithm), data);

    private static byte[] TransactionContentHash(SoftwareUafModel model, byte[]? transaction, byte mode, UafFault fault)
    {
        if (transaction is null)
        {
            return fault == UafFault.OtherTransactionHashPresence || mode == 0x02 ? Hash(model, "invented"u8.ToArray()) : [];
        }

        return fault switch
        {
            UafFault.OtherMode or UafFault.OtherTransactionHashPresence => [],
            UafFault.OtherTransaction => Hash(model, [.. transaction, (byte)'x']),
            UafFault.TransactionHashOverBase64Url => Hash(model, Encoding.ASCII.GetBytes(StrictBase64Url.Encode(transaction))),
            _ => Hash(model, transaction),
        };
    }

    private static void Spoil(SoftwareUafTlv data, UafFault fault)
    {
        switch (fault)
        {
            case UafFault.NoAaid:
                data.Remove(Aaid);
                break;
            case UafFault.NoAssertionInfo:
                data.Remove(Info);
                break;
            case UafFault.NoFinalChallenge:
                data.Remove(FinalChallenge);
                break;
            case UafFault.NoKeyId:
                data.Remove(KeyId);
                break;
            case UafFault.NoCounters:
                data.Remove(Counters);
                break;
            case UafFault.NoNonce:
                data.Remove(Nonce);
                break;
            case UafFault.NoTransactionHash:
                data.Remove(TransactionHash);
                break;
            case UafFault.NoPublicKey:
                data.Remove(PublicKey);
                break;
            case UafFault.DuplicateTag:
                data.Add((KeyId, data.Value(KeyId)));
                break;
            case UafFault.ShortAssertionInfo:
                data.Replace(Info, data.Value(Info)[..^1]);
                break;
            case UafFault.WrongCounterSize:
                data.Replace(Counters, new byte[data.Value(Counters).Length == 4 ? 8 : 4]);
                break;
            case UafFault.UnknownCriticalTag:
                data.Add((0x2EFF, [1]));
                break;
            case UafFault.UnknownSkippableTag:
                data.Add((0x0EFF, [1]));
                break;
            case UafFault.UnknownExtension:
                data.Add((Extension, ExtensionContent()));
                break;
            case UafFault.UnknownNonCriticalExtension:
                data.Add((NonCriticalExtension, ExtensionContent()));
                break;
        }
    }

    private static byte[] ExtensionContent() => new SoftwareUafTlv { (0x2E13, "test.unknown"u8.ToArray()), (0x2E14, [1, 2, 3]) }.ToBytes();

    private static byte[] Close(SoftwareUafTlv outer, ushort tag, UafFault fault)
    {
        if (fault == UafFault.ShadowingOuterTags)
        {
            outer.Add((FinalChallenge, new byte[32]));
            outer.Add((KeyId, new byte[32]));
        }

        var assertion = SoftwareUafTlv.Element(tag, outer.ToBytes());
        return fault switch
        {
            UafFault.TrailingBytes => [.. assertion, 0],
            UafFault.CutOff => assertion[..^1],
            _ => assertion,
        };
    }
}
