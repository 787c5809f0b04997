using Microsoft.AspNetCore.Authorization;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>How, and how lately, the person behind the token has to have authenticated (RFC 9470).</summary>
internal sealed record StepUpRequirement(IReadOnlyList<string> AcrValues, TimeSpan? MaxAge, string Scheme) : IAuthorizationRequirement;
