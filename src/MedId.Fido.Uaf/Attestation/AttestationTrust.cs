namespace MedId.Fido.Uaf;

/// <summary>What an attestation rests on: its certificate and the metadata's; nothing for surrogate attestation.</summary>
internal readonly record struct AttestationTrust(ReadOnlyMemory<byte> Certificate, string? Anchor, UafRisks Risks);
