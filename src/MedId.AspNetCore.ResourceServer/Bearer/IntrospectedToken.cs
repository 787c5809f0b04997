using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Carries the token's introspection from authentication to the scope decision within one request.</summary>
internal sealed record IntrospectedToken(string Scheme, IntrospectionResponse Response);
