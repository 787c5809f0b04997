using MedId.Fido.Metadata;

namespace MedId.Fido2;

/// <summary>Evidence that a credential was made for this request. Only <see cref="RegistrationVerifier"/> makes it.</summary>
/// <remarks>It holds once the challenge is consumed and the record is stored under a unique key of its id; both are the caller's.</remarks>
public sealed class RegistrationEvidence
{
    internal RegistrationEvidence(CredentialRecord credential, AttestationObject attestation, AttestationStatementEvidence statement, AttestationTrust trust, DateTimeOffset at)
    {
        (Credential, AttestationObject, Statement, Trust, At) = (credential, attestation, statement, trust, at);
    }

    /// <summary>The record to store (§7.1 steps 27 and 29).</summary>
    public CredentialRecord Credential { get; }

    /// <summary>What the authenticator and its statement said.</summary>
    public AttestationObject AttestationObject { get; }

    /// <summary>What the authenticator said.</summary>
    public AuthenticatorData AuthenticatorData => AttestationObject.AuthenticatorData;

    /// <summary>What the attestation statement proved (§7.1 step 22).</summary>
    public AttestationStatementEvidence Statement { get; }

    /// <summary>Whether the attestation is trusted, and why not (§7.1 steps 23 and 24).</summary>
    public AttestationTrust Trust { get; }

    /// <summary>Whether the authenticator verified the user in this ceremony.</summary>
    public bool UserVerified => AuthenticatorChecks.Has(AuthenticatorData.Flags, AuthenticatorDataFlags.UserVerified);

    /// <summary>The outputs of the client's extensions.</summary>
    public required ClientExtensionOutputs ClientExtensions { get; init; }

    /// <summary>The outputs of the authenticator's extensions, under its attestation where there is one.</summary>
    public required AuthenticatorExtensionOutputs AuthenticatorExtensions { get; init; }

    /// <summary>When it was verified.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The facts for the assurance tables of MedId.Core, each with where it comes from. Hardware counts only where attestation was trusted and metadata say so.</summary>
    /// <param name="metadata">The metadata of today; null for none.</param>
    /// <param name="status">Which reported status of a model is accepted; <see cref="MetadataStatusPolicy.Default"/> when null.</param>
    /// <param name="passwordVerified">Whether a password was verified in the same authentication. Default: none.</param>
    public FidoAssurance Assess(IMetadataSource? metadata = null, MetadataStatusPolicy? status = null, bool passwordVerified = false) =>
        AssuranceOfUse.Draw(AuthenticatorData, Credential, Trust.IsTrusted, metadata, status, passwordVerified, At);

    /// <inheritdoc/>
    public override string ToString() => Credential.ToString();
}
