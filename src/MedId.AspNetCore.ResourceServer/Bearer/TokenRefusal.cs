using MedId.Core;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Carries the refusal from authentication to challenge within one request.</summary>
internal sealed record TokenRefusal(MedIdError Error);
