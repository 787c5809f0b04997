using MedId.Core;

namespace MedId.Provider;

/// <summary>The person's own consent to a relation, as their device signed it.</summary>
/// <param name="Notice">What was shown and chosen.</param>
/// <param name="Act">The act.</param>
public sealed record ProxyAppointment(ConsentNoticeRecord Notice, ConsentAct Act)
{
    /// <summary>The protocol only.</summary>
    public override string ToString() => Act.Protocol;
}
