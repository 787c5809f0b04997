using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>From a verified use of a FIDO authenticator to the facts that an assurance level rests on, each with where it comes from. SP 800-63B-4 §3.1.7, Appendix B.</summary>
/// <remarks>
/// What nobody shows is taken in its unfavourable value. What the hardware is comes from trusted attestation and metadata together, never from a flag of the assertion;
/// attachment hints and transports are no evidence.
/// </remarks>
public sealed class FidoAssurance
{
    private FidoAssurance(AuthenticatorFacts facts, IReadOnlyList<FactProvenance> provenance) => (Facts, Provenance) = (facts, provenance);

    /// <summary>The facts.</summary>
    public AuthenticatorFacts Facts { get; }

    /// <summary>Where each fact comes from, one for each property of <see cref="AuthenticatorFacts"/>.</summary>
    public IReadOnlyList<FactProvenance> Provenance { get; }

    /// <summary>Draws the facts.</summary>
    /// <param name="use">What was found.</param>
    public static FidoAssurance Of(FidoUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        var model = ModelEvidence.Of(use);
        var verified = UserVerification(use, model);
        var hardware = Hardware(model);
        var exportable = Exportability(use, model, hardware);
        FactProvenance[] provenance =
        [
            new(nameof(AuthenticatorFacts.PublicKey), true, FactSource.Protocol, "FIDO authenticators sign with a private key"),
            verified,
            new(nameof(AuthenticatorFacts.PasswordVerified), use.PasswordVerified, use.PasswordVerified ? FactSource.Configuration : FactSource.None, use.PasswordVerified ? "a password was verified beside it" : "no password was verified beside it"),
            new(nameof(AuthenticatorFacts.ReplayResistant), true, FactSource.Protocol, "a fresh challenge was signed"),
            exportable,
            hardware,
            new(nameof(AuthenticatorFacts.PhishingResistant), true, FactSource.Protocol, "the signature covers the relying party's name"),
            new(nameof(AuthenticatorFacts.Intent), use.UserPresent, use.UserPresent ? FactSource.Assertion : FactSource.None, use.UserPresent ? "somebody acted for this authentication" : "nobody had to act"),
        ];
        return new(
            new()
            {
                PublicKey = true,
                UserVerified = verified.Value,
                HardwareProtected = hardware.Value,
                Exportable = exportable.Value,
                ReplayResistant = true,
                PhishingResistant = true,
                Intent = use.UserPresent,
                PasswordVerified = use.PasswordVerified,
            },
            provenance);
    }

    /// <summary>The level by edition, with the reason that stops it from being higher.</summary>
    /// <param name="edition">The edition.</param>
    public AalDecision Evaluate(AssuranceEdition edition)
    {
        var decision = AalTable.Evaluate(edition, Facts);
        if (decision.Level == AuthenticatorAssuranceLevel.Aal3)
        {
            return decision;
        }

        var missing = decision.Level < AuthenticatorAssuranceLevel.Aal2
            ? Provenance.First(fact => fact.Fact == nameof(AuthenticatorFacts.UserVerified))
            : Provenance.First(fact => fact.Value == (fact.Fact == nameof(AuthenticatorFacts.Exportable))
                && fact.Fact is not (nameof(AuthenticatorFacts.UserVerified) or nameof(AuthenticatorFacts.PasswordVerified)));
        return decision with { Reason = $"{decision.Reason}: {missing.Reason}" };
    }

    private static FactProvenance UserVerification(FidoUse use, ModelEvidence model)
    {
        FactProvenance Fact(bool value, FactSource source, string reason) => new(nameof(AuthenticatorFacts.UserVerified), value, source, reason);

        if (use.Protocol == FidoProtocol.U2f)
        {
            return Fact(false, FactSource.None, "U2F proves presence and never who is present");
        }

        if (!use.UserVerified)
        {
            return Fact(false, FactSource.None, "the authenticator did not verify its user in this act");
        }

        if (use.Status is { IsAccepted: false } bad)
        {
            return Fact(false, FactSource.None, $"the model's status is not accepted ({bad.Error.Code})");
        }

        // UAF has no flag that tells touch from verification: the metadata of the model do.
        if (model.Claimed is not { } statement)
        {
            return use.Protocol == FidoProtocol.Uaf
                ? Fact(false, FactSource.None, "no metadata say how the model verifies its user")
                : Fact(true, FactSource.Assertion, "the authenticator signed that it verified its user; its model is not proved");
        }

        if (!statement.IsFreshUserVerificationRequired)
        {
            return Fact(false, FactSource.None, "the model uses keys without verifying its user afresh (isFreshUserVerificationRequired)");
        }

        var how = VerificationStrength.Of(statement);
        var suffices = use.Protocol == FidoProtocol.Uaf ? how.EveryAlternative : how.AnyAlternative || statement.UserVerification.Count == 0;
        return !suffices ? Fact(false, FactSource.None, "the model's userVerificationDetails name a way that verifies nobody")
            : model.IsProved ? Fact(true, FactSource.Metadata, "signed by the authenticator, and its proved model verifies its user so")
            : Fact(true, FactSource.Assertion, "signed by the authenticator; its model is what it says itself");
    }

    private static FactProvenance Hardware(ModelEvidence model)
    {
        FactProvenance Fact(bool value, string reason) => new(nameof(AuthenticatorFacts.HardwareProtected), value, value ? FactSource.Metadata : FactSource.None, reason);

        if (model.Proved is not { } statement)
        {
            return Fact(false, model.Reason);
        }

        const KeyProtections Protected = KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment | KeyProtections.SecureElement;
        const MatcherProtections Guarded = MatcherProtections.TrustedExecutionEnvironment | MatcherProtections.OnChip;
        return (statement.KeyProtection & Protected) == default || (statement.KeyProtection & KeyProtections.Software) != default
            ? Fact(false, $"keyProtection of the model is {statement.KeyProtection}")
            : (statement.MatcherProtection & Guarded) == default || (statement.MatcherProtection & MatcherProtections.Software) != default
                ? Fact(false, $"matcherProtection of the model is {statement.MatcherProtection}: software may vouch for its user")
                : !statement.IsKeyRestricted
                    ? Fact(false, "keys of the model sign what other software gives them (isKeyRestricted)")
                    : Fact(true, $"keyProtection of the proved model is {statement.KeyProtection}");
    }

    private static FactProvenance Exportability(FidoUse use, ModelEvidence model, FactProvenance hardware)
    {
        FactProvenance Fact(bool value, FactSource source, string reason) => new(nameof(AuthenticatorFacts.Exportable), value, source, reason);

        return use.BackupEligible == true ? Fact(true, FactSource.Assertion, "the credential can be backed up and synced (BE)")
            : use.Protocol == FidoProtocol.Fido2 && use.BackupEligible is null ? Fact(true, FactSource.None, "whether the credential can be synced is not known")
            : model.Proved is null ? Fact(true, FactSource.None, $"exportability is not excluded: {model.Reason}")
            : hardware.Value ? Fact(false, FactSource.Metadata, "the proved model keeps its keys in protected hardware")
            : Fact(true, FactSource.None, $"exportability is not excluded: {hardware.Reason}");
    }
}
