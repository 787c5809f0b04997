namespace MedId.Heart.Fhir.Scopes;

/// <summary>What a <c>launch</c> scope asks the authorization server to put into the token (SMART App Launch 2.2, launch context). It opens no resource.</summary>
/// <param name="ResourceType">The type in its own spelling; null for <c>launch</c> alone, where the launching system has chosen.</param>
/// <param name="Role">The role asked for; null when none is named.</param>
public sealed record LaunchContext(string? ResourceType, string? Role);
