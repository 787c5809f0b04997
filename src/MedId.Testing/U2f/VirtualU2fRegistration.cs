namespace MedId.Testing;

/// <summary>What a browser's U2F call answers to a registration (FIDO U2F JavaScript API 1.2, RegisterResponse), decoded.</summary>
/// <param name="ClientData">The client data, JSON bytes.</param>
/// <param name="RegistrationData">The raw registration response message.</param>
/// <param name="KeyHandle">The key handle in it.</param>
public sealed record VirtualU2fRegistration(ReadOnlyMemory<byte> ClientData, ReadOnlyMemory<byte> RegistrationData, ReadOnlyMemory<byte> KeyHandle);
