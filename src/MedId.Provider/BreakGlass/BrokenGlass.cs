using MedId.Core;

namespace MedId.Provider;

/// <summary>That somebody broke the glass, for whoever oversees it.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Consent">What was recorded: who, whose record, which scopes, the reason, until when. Personal.</param>
public sealed record BrokenGlass(string RequestId, ConsentRecord Consent)
{
    /// <summary>The request.</summary>
    public override string ToString() => RequestId;
}
