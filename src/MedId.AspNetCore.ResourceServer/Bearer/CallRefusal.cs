using MedId.Core;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Carries a refusal to the answer within one request.</summary>
internal sealed record CallRefusal(MedIdError Error, string? RequiredScope = null, StepUpRequirement? StepUp = null);
