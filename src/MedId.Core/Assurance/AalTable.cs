namespace MedId.Core;

/// <summary>From facts about an authenticator to its assurance level, edition by edition. Nothing maps one edition's level to another's.</summary>
public static class AalTable
{
    /// <summary>Evaluates one cryptographic authenticator, alone or with a password.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="facts">What the verifier established.</param>
    /// <returns>The level with the clause that limits it.</returns>
    public static AalDecision Evaluate(AssuranceEdition edition, AuthenticatorFacts facts)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(facts);
        return ReferenceEquals(edition, AssuranceEdition.Nist80063Rev4) ? Rev4(facts) : Rev3(facts);
    }

    private static AalDecision Rev3(AuthenticatorFacts facts)
    {
        AalDecision Stop(AuthenticatorAssuranceLevel level, string clause, string reason) => new(AssuranceEdition.Nist80063Rev3, level, clause, reason);

        if (!facts.PublicKey)
        {
            return Stop(AuthenticatorAssuranceLevel.None, "SP 800-63B §4.1.1", "not a cryptographic authenticator");
        }

        if (!facts.UserVerified && !facts.PasswordVerified)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal1, "SP 800-63B §4.2.1", "a single-factor cryptographic authenticator alone is one factor");
        }

        if (!facts.ReplayResistant)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal1, "SP 800-63B §4.2.2", "not replay resistant");
        }

        if (!facts.HardwareProtected || facts.Exportable)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B §4.3.1", facts.Exportable ? "the key may be exported or synced" : "no evidence of a hardware-based key");
        }

        if (!facts.PhishingResistant)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B §4.3.2", "not verifier-impersonation resistant");
        }

        return facts.Intent
            ? Stop(AuthenticatorAssuranceLevel.Aal3, "SP 800-63B §4.3.1", facts.UserVerified ? "multi-factor cryptographic device" : "single-factor cryptographic device with a password")
            : Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B §4.3.2", "authentication intent not established");
    }

    private static AalDecision Rev4(AuthenticatorFacts facts)
    {
        AalDecision Stop(AuthenticatorAssuranceLevel level, string clause, string reason) => new(AssuranceEdition.Nist80063Rev4, level, clause, reason);

        if (!facts.PublicKey)
        {
            return Stop(AuthenticatorAssuranceLevel.None, "SP 800-63B-4 §2.1", "not a cryptographic authenticator");
        }

        if (!facts.UserVerified && !facts.PasswordVerified)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal1, "SP 800-63B-4 §2.2", "a single-factor cryptographic authenticator alone is one factor");
        }

        if (!facts.ReplayResistant)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal1, "SP 800-63B-4 §2.2", "not replay resistant");
        }

        if (facts.Exportable)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B-4 §2.3", "the key may be exported or synced");
        }

        if (!facts.HardwareProtected)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B-4 §2.3", "no evidence of a hardware-protected environment");
        }

        if (!facts.PhishingResistant)
        {
            return Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B-4 §2.3", "not phishing resistant");
        }

        return facts.Intent
            ? Stop(AuthenticatorAssuranceLevel.Aal3, "SP 800-63B-4 §2.3", facts.UserVerified ? "multi-factor cryptographic authenticator, phishing resistant, not exportable" : "single-factor cryptographic authenticator with a password, phishing resistant, not exportable")
            : Stop(AuthenticatorAssuranceLevel.Aal2, "SP 800-63B-4 §2.3", "authentication intent not established");
    }
}
