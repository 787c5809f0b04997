using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>The attestation of a registration: TAG_ATTESTATION_BASIC_FULL, _BASIC_SURROGATE or _ECDAA. UAF 1.1 authnr-cmds §5.2.1.</summary>
internal ref struct AttestationElement
{
    /// <summary>Ours: certificates in one attestation; 4096 bytes hold few more.</summary>
    public const int MaximumCertificates = 8;

    public UafAttestationType Type;
    public ReadOnlySpan<byte> Signature;

    /// <summary>DER, the attestation certificate first, then each issuer.</summary>
    public IReadOnlyList<byte[]> Certificates;

    public static MedIdError? Read(ushort tag, ReadOnlySpan<byte> content, out AttestationElement attestation)
    {
        attestation = new AttestationElement { Type = (UafAttestationType)tag, Certificates = [] };
        if (attestation.Type == UafAttestationType.Ecdaa)
        {
            // Refused by name in the attestation step; its inside is not looked at.
            return null;
        }

        TlvField signature = default;
        List<byte[]>? certificates = null;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var inner, out var value, out var raw))
            {
                return TlvRefusal.CutOff;
            }

            if (inner == UafTag.Signature)
            {
                if (!signature.TryTake(value, raw))
                {
                    return TlvRefusal.Duplicate(inner);
                }
            }
            else if (inner == UafTag.AttestationCertificate && attestation.Type == UafAttestationType.BasicFull)
            {
                certificates ??= [];
                if (value.IsEmpty || certificates.Count == MaximumCertificates)
                {
                    return TlvRefusal.Length(inner, UafSections.RegistrationAssertion);
                }

                certificates.Add(value.ToArray());
            }
            else if (TlvRefusal.Unexpected(inner) is { } refusal)
            {
                return refusal;
            }
        }

        if (!signature.IsPresent)
        {
            return TlvRefusal.Missing(UafTag.Signature, UafSections.RegistrationAssertion);
        }

        if (signature.Value.IsEmpty)
        {
            return TlvRefusal.Length(UafTag.Signature, UafSections.RegistrationAssertion);
        }

        if (attestation.Type == UafAttestationType.BasicFull && certificates is null)
        {
            return TlvRefusal.Missing(UafTag.AttestationCertificate, UafSections.RegistrationAssertion);
        }

        attestation.Signature = signature.Value;
        attestation.Certificates = certificates ?? (IReadOnlyList<byte[]>)[];
        return null;
    }
}
