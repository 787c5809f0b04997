namespace MedId.Testing;

/// <summary>A key that a software authenticator holds.</summary>
internal sealed record SoftwareUafKey(string AppId, string Username, byte[] KeyId, SoftwareUafPrivateKey Key);
