using MedId.Fido.Metadata;

namespace MedId.Fido2;

/// <summary>Evidence that a registered credential answered this request. Only <see cref="AuthenticationVerifier"/> makes it.</summary>
/// <remarks>It holds once the challenge is consumed; then <see cref="Update"/> gives the record to store. Both are the caller's.</remarks>
public sealed class AuthenticationEvidence
{
    internal AuthenticationEvidence(CredentialRecord credential, AuthenticatorData authenticatorData, CounterVerdict counter, bool usedAppId, DateTimeOffset at)
    {
        (Credential, AuthenticatorData, CounterVerdict, UsedAppId, At) = (credential, authenticatorData, counter, usedAppId, at);
    }

    /// <summary>The record as the caller gave it: with the old values.</summary>
    public CredentialRecord Credential { get; }

    /// <summary>What the authenticator said, under its signature.</summary>
    public AuthenticatorData AuthenticatorData { get; }

    /// <summary>The counter received.</summary>
    public uint SignCount => AuthenticatorData.SignCount;

    /// <summary>What the counter said.</summary>
    public CounterVerdict CounterVerdict { get; }

    /// <summary>Whether the counter says that the authenticator may have been copied.</summary>
    public bool CloneSuspected => CounterVerdict == CounterVerdict.NotAdvanced;

    /// <summary>Whether the authenticator verified the user in this act.</summary>
    public bool UserVerified => AuthenticatorChecks.Has(AuthenticatorData.Flags, AuthenticatorDataFlags.UserVerified);

    /// <summary>Whether the credential can be backed up.</summary>
    public bool BackupEligible => AuthenticatorChecks.Has(AuthenticatorData.Flags, AuthenticatorDataFlags.BackupEligible);

    /// <summary>Whether the credential is backed up now.</summary>
    public bool BackupState => AuthenticatorChecks.Has(AuthenticatorData.Flags, AuthenticatorDataFlags.BackupState);

    /// <summary>Whether the credential answered as a U2F one, scoped to the AppID that was sent (WebAuthn L3 §10.1.1).</summary>
    public bool UsedAppId { get; }

    /// <summary>The outputs of the client's extensions; not signed.</summary>
    public required ClientExtensionOutputs ClientExtensions { get; init; }

    /// <summary>The outputs of the authenticator's extensions, under its signature.</summary>
    public required AuthenticatorExtensionOutputs AuthenticatorExtensions { get; init; }

    /// <summary>When it was verified.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The record to store (§7.2 step 24): the new backup state, and the counter where it advanced: one that went back would hide the copy.</summary>
    /// <param name="confirmUserVerification">
    /// Whether <see cref="CredentialRecord.UvInitialized"/> may go from false to true by this act. The standard asks for another factor of the strength of user
    /// verification before it, so the caller decides. Default: not.
    /// </param>
    public CredentialRecord Update(bool confirmUserVerification = false) => Credential with
    {
        SignCount = Math.Max(SignCount, Credential.SignCount),
        BackupState = BackupState,
        UvInitialized = Credential.UvInitialized || (confirmUserVerification && UserVerified),
    };

    /// <summary>The facts for the assurance tables of MedId.Core, each with where it comes from. Hardware counts only where attestation was trusted and metadata say so.</summary>
    /// <param name="metadata">The metadata of today; null for none.</param>
    /// <param name="status">Which reported status of a model is accepted; <see cref="MetadataStatusPolicy.Default"/> when null.</param>
    /// <param name="passwordVerified">Whether a password was verified in the same authentication. Default: none.</param>
    public FidoAssurance Assess(IMetadataSource? metadata = null, MetadataStatusPolicy? status = null, bool passwordVerified = false) =>
        AssuranceOfUse.Draw(AuthenticatorData, Credential, Credential.TrustAnchor is not null, metadata, status, passwordVerified, At);

    /// <inheritdoc/>
    public override string ToString() => Credential.ToString();
}
