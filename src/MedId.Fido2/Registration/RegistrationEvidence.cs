using MedId.Core;

namespace MedId.Fido2;

/// <summary>Evidence that a credential was made for this request. Only <see cref="RegistrationVerifier"/> makes it.</summary>
/// <remarks>It holds once the challenge is consumed and the record is stored under a unique key of its id; both are the caller's.</remarks>
public sealed class RegistrationEvidence
{
    internal RegistrationEvidence(CredentialRecord credential, DateTimeOffset at)
    {
        (Credential, At) = (credential, at);
    }

    /// <summary>The record to store (§7.1 steps 27 and 29).</summary>
    public CredentialRecord Credential { get; }

    /// <summary>Whether the authenticator verified the user in this ceremony.</summary>
    public bool UserVerified { get; internal init; }

    /// <summary>The outputs of the client's extensions.</summary>
    public required ClientExtensionOutputs ClientExtensions { get; init; }

    /// <summary>The outputs of the authenticator's extensions, under its attestation where there is one.</summary>
    public required AuthenticatorExtensionOutputs AuthenticatorExtensions { get; init; }

    /// <summary>When it was verified.</summary>
    public DateTimeOffset At { get; }

    /// <inheritdoc/>
    public override string ToString() => Credential.ToString();
}
