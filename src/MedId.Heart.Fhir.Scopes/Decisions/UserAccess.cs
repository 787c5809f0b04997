using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>What <see cref="ScopeDecisionOptions.UserRule"/> is asked about.</summary>
/// <param name="User">The user of the token.</param>
/// <param name="Permission">The interaction's letter.</param>
/// <param name="ResourceType">The type.</param>
/// <param name="Resource">The resource as JSON; undefined when the server gave <see cref="ResourceFacts"/>.</param>
/// <param name="Facts">The resource as facts; null when the server gave JSON.</param>
public readonly record struct UserAccess(string User, FhirPermissions Permission, string ResourceType, JsonElement Resource, ResourceFacts? Facts);
