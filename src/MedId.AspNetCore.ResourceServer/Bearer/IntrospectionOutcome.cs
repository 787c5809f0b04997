using MedId.Core;
using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>How one introspection ended.</summary>
/// <param name="Response">The answer, also where the token was then refused; null when there was none to rely on.</param>
/// <param name="Refusal">Why the call does not go on; null when it does.</param>
/// <param name="Elapsed">How long the authorization server took.</param>
public sealed record IntrospectionOutcome(IntrospectionResponse? Response, MedIdError? Refusal, TimeSpan Elapsed);
