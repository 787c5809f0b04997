using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido2;

namespace MedId.House.Tests.Snippets;

internal static class Fido2
{
    private static readonly PublicKeyCache Keys = new();
    private static readonly RegistrationVerifier Registrations = new(Keys);
    private static readonly AuthenticationVerifier Authentications = new(Keys);

    public static (string Options, string State) Begin(CeremonyStateProtector protector, IReadOnlyList<string> origins, byte[] userHandle, string account, string session, DateTimeOffset now)
    {
        #region Fido2_Options
        var options = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = "clinic.example", Name = "Clinic" },
            User = new() { Id = userHandle, Name = account, DisplayName = string.Empty },
            Challenge = RandomNumberGenerator.GetBytes(32),
            AuthenticatorSelection = new() { ResidentKey = "required", UserVerification = "required" },
            Attestation = "direct",
        };

        // What the expectations will need, for a session store or, protected, for the client to carry.
        var state = CeremonyState.ForRegistration(options, origins, account, now);
        return (options.ToJson(), protector.Protect(state, session));
        #endregion
    }

    public static MedIdResult<CredentialRecord> Register(
        CeremonyStateProtector protector, string token, string session, string account, string json, AttestationTrustPolicy policy, Func<ReadOnlyMemory<byte>, bool> isRegistered, DateTimeOffset now)
    {
        #region Fido2_Register
        var state = protector.Open(token, WebAuthnCeremony.Registration, session, account, now);
        if (!state.Succeeded)
        {
            return state.Error;
        }

        var verification = Registrations.Verify(
            state.Value.ToRegistrationExpectations(now) with { Attestation = policy, IsRegistered = isRegistered }, json);
        if (!verification.Succeeded)
        {
            return verification.Error;                                   // verification.Steps says what held and what did not
        }

        // Consume state.Value.ReplayKey once, insert the record under a unique key of its id.
        return verification.Evidence.Credential;
        #endregion
    }

    public static MedIdResult<CredentialRecord> SignIn(CeremonyState state, string json, Func<ReadOnlyMemory<byte>, CredentialRecord?> find, IMetadataSource metadata, DateTimeOffset now)
    {
        #region Fido2_Authenticate
        var response = AuthenticationResponse.Parse(json);
        if (!response.Succeeded)
        {
            return response.Error;
        }

        if (find(response.Value.RawId) is not { } record)
        {
            return new MedIdError(Fido2ErrorCodes.CredentialUnknown, ErrorCategory.State, "WebAuthn L3 §7.2 step 6");
        }

        var verification = Authentications.Verify(state.ToAuthenticationExpectations(record, now) with { Counter = CounterPolicy.Refuse }, response.Value);
        if (!verification.Succeeded)
        {
            return verification.Error;
        }

        // Consume state.ReplayKey once, store the update by compare-and-swap on the counter.
        var level = verification.Evidence.Assess(metadata).Evaluate(AssuranceEdition.Nist80063Rev4);
        return level.Level >= AuthenticatorAssuranceLevel.Aal2
            ? verification.Evidence.Update()
            : new MedIdError("app.level_too_low", ErrorCategory.Policy, level.Clause, level.Reason);
        #endregion
    }

    public static AttestationTrustPolicy Trust(IMetadataSource metadata) =>
    #region Fido2_Trust
        new()
        {
            Metadata = metadata,                                         // roots and status of the models that FIDO certifies
            AcceptNone = false,
            AcceptSelf = false,
            RequireTrusted = true,
        };
    #endregion
}
