namespace MedId.Fido.Uaf;

/// <summary>Which key an answer says it used: enough to look the registration up, nothing is proved yet.</summary>
/// <param name="Aaid">The model.</param>
/// <param name="KeyId">The key.</param>
public readonly record struct UafKeyReference(Aaid Aaid, UafKeyId KeyId);
