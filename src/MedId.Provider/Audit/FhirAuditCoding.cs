namespace MedId.Provider;

/// <summary>A code of a published system.</summary>
internal sealed record FhirAuditCoding(string System, string Code, string? Display);
