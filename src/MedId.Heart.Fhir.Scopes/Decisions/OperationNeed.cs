namespace MedId.Heart.Fhir.Scopes;

/// <summary>One scope that an operation asks for; it has to be there without constraint.</summary>
/// <param name="PermissionType">Whose records.</param>
/// <param name="ResourceType">The type; <c>*</c> for every type.</param>
/// <param name="Permissions">All letters that are needed; several scopes may bring them together.</param>
public sealed record OperationNeed(FhirPermissionType PermissionType, string ResourceType, FhirPermissions Permissions);
