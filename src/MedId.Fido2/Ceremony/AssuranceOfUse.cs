using MedId.Fido.Metadata;

namespace MedId.Fido2;

/// <summary>From a verified ceremony to the facts of an assurance level: flags under the signature, and the model as far as attestation proved it.</summary>
internal static class AssuranceOfUse
{
    public static FidoAssurance Draw(
        AuthenticatorData data, CredentialRecord credential, bool isTrusted, IMetadataSource? metadata, MetadataStatusPolicy? status, bool passwordVerified, DateTimeOffset at)
    {
        var entry = credential.Aaguid == Guid.Empty ? null : metadata?.FindByAaguid(credential.Aaguid);
        return FidoAssurance.Of(new()
        {
            Protocol = FidoProtocol.Fido2,
            UserPresent = AuthenticatorChecks.Has(data.Flags, AuthenticatorDataFlags.UserPresent),
            UserVerified = AuthenticatorChecks.Has(data.Flags, AuthenticatorDataFlags.UserVerified),
            BackupEligible = AuthenticatorChecks.Has(data.Flags, AuthenticatorDataFlags.BackupEligible),
            AttestationTrusted = isTrusted,
            Metadata = entry,
            Status = entry is null ? null : (status ?? MetadataStatusPolicy.Default).Judge(entry, attestationCertificate: null, at),
            PasswordVerified = passwordVerified,
        });
    }
}
