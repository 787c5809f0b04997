namespace MedId.Fido2;

/// <summary>What the certificate of a TPM's attestation key says of the TPM (TCG EK Credential Profile §3.2.9).</summary>
/// <param name="Manufacturer">tpmManufacturer as it was written: <c>id:</c> and eight hexadecimal digits.</param>
/// <param name="Model">tpmModel.</param>
/// <param name="Version">tpmVersion as it was written: <c>id:</c> and hexadecimal digits.</param>
public sealed record TpmDevice(string Manufacturer, string Model, string Version);
