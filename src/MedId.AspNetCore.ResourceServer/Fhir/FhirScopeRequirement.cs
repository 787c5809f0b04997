using Microsoft.AspNetCore.Authorization;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>What <c>RequireFhirScope</c> asks of a call. A requirement of authorization, not an endpoint filter: it holds for every kind of endpoint, or nobody gets through.</summary>
internal sealed record FhirScopeRequirement(string BasePath, string Scheme) : IAuthorizationRequirement;
