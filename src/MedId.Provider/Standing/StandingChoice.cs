namespace MedId.Provider;

/// <summary>What a person chose on a notice of a consent given beforehand: what the act has to sign.</summary>
internal sealed record StandingChoice(string AccountId, string Id, StandingDraft Draft, string Choice, string Digest)
{
    /// <summary>The act that is waited for, made of one that knows its own id, challenge and end.</summary>
    public Ceremony Of(Ceremony act) => act with { RequestId = Id, Choice = Choice, Digest = Digest, Standing = Draft };
}
