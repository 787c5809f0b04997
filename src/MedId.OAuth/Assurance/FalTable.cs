using MedId.Core;

namespace MedId.OAuth;

/// <summary>From facts about an ID token to its federation assurance level, edition by edition (row C3). Nothing maps one edition's level to another's.</summary>
public static class FalTable
{
    /// <summary>Evaluates one ID token.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="facts">What its verifier established.</param>
    /// <returns>The level with the clause that limits it.</returns>
    public static FalDecision Evaluate(AssuranceEdition edition, FederationFacts facts)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(facts);
        return ReferenceEquals(edition, AssuranceEdition.Nist80063Rev4) ? Rev4(facts) : Rev3(facts);
    }

    private static FalDecision Rev3(FederationFacts facts)
    {
        FalDecision Stop(FederationAssuranceLevel level, string reason) => new(AssuranceEdition.Nist80063Rev3, level, "SP 800-63C §4", reason);

        return !facts.Signed ? Stop(FederationAssuranceLevel.None, "not signed by the provider")
            : !facts.Encrypted ? Stop(FederationAssuranceLevel.Fal1, "not encrypted to the relying party")
            : !facts.PersonsKeyProven ? Stop(FederationAssuranceLevel.Fal2, "the person proved no key to the relying party")
            : Stop(FederationAssuranceLevel.Fal3, "holder of key, signed and encrypted");
    }

    private static FalDecision Rev4(FederationFacts facts)
    {
        FalDecision Stop(FederationAssuranceLevel level, string reason) => new(AssuranceEdition.Nist80063Rev4, level, "SP 800-63C-4 §2", reason);

        return !facts.Signed ? Stop(FederationAssuranceLevel.None, "not signed by the provider")
            : !facts.ReplayProtected ? Stop(FederationAssuranceLevel.None, "not protected against replay at the relying party")
            : !facts.SingleAudience ? Stop(FederationAssuranceLevel.Fal1, "more than one audience")
            : !facts.InjectionProtected ? Stop(FederationAssuranceLevel.Fal1, "not protected against injection")
            : !facts.BeganAtRelyingParty ? Stop(FederationAssuranceLevel.Fal1, "did not begin at the relying party")
            : !facts.AgreementBefore ? Stop(FederationAssuranceLevel.Fal1, "no agreement beforehand")
            : !facts.OpaqueSubject ? Stop(FederationAssuranceLevel.Fal1, "the subject tells something about the person")
            : !facts.PersonsKeyProven && !facts.BoundAuthenticatorVerified ? Stop(FederationAssuranceLevel.Fal2, "no authenticator of the person was verified by the relying party")
            : !facts.EstablishedManually ? Stop(FederationAssuranceLevel.Fal2, "identifiers and keys were not established manually")
            : Stop(FederationAssuranceLevel.Fal3, facts.PersonsKeyProven ? "holder of key" : "bound authenticator");
    }
}
