namespace MedId.Testing;

/// <summary>What a browser's U2F call answers to a sign request (FIDO U2F JavaScript API 1.2, SignResponse), decoded.</summary>
/// <param name="ClientData">The client data, JSON bytes.</param>
/// <param name="SignatureData">The raw authentication response message.</param>
/// <param name="KeyHandle">The key handle that signed.</param>
public sealed record VirtualU2fSignature(ReadOnlyMemory<byte> ClientData, ReadOnlyMemory<byte> SignatureData, ReadOnlyMemory<byte> KeyHandle);
