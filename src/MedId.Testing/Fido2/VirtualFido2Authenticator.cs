using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>
/// Browser and authenticator in one, in memory: answers options as <c>navigator.credentials</c> and <c>toJSON()</c> do, or misbehaves by name. For tests and samples; its keys are not protected.
/// </summary>
/// <remarks>It writes CBOR, authenticator data and attestation with code of its own, so that a mistake of the verifier is not repeated here. Not safe for use from several threads.</remarks>
public sealed class VirtualFido2Authenticator
{
    private const int CredentialIdLength = 32;
    private const int TooLongCredentialId = 1024;

    private readonly List<VirtualFido2Credential> _credentials = [];
    private readonly TimeProvider _time;
    private VirtualFido2Issuer? _issuer;

    /// <summary>An authenticator without credentials.</summary>
    /// <param name="options">What kind; null for the defaults.</param>
    /// <param name="time">The clock for certificates and SafetyNet responses; null for the system's.</param>
    public VirtualFido2Authenticator(VirtualFido2Options? options = null, TimeProvider? time = null)
    {
        Options = options ?? new();
        _time = time ?? TimeProvider.System;
        BackedUp = Options.BackedUp;
    }

    /// <summary>The COSE algorithms that this platform can sign with. Ed25519 and Ed448 are signed by slow code that is for tests only.</summary>
    public static IReadOnlyList<int> SupportedAlgorithms => VirtualFido2Key.Supported;

    /// <summary>What kind of authenticator it is.</summary>
    public VirtualFido2Options Options { get; }

    /// <summary>Flag BS of the answers from now on.</summary>
    public bool BackedUp { get; set; }

    /// <summary>The counter of the last signature, one for all credentials.</summary>
    public uint Counter { get; private set; }

    /// <summary>The credentials held, oldest first.</summary>
    public IReadOnlyList<VirtualFido2Credential> Credentials => _credentials;

    /// <summary>The root under which it attests.</summary>
    public TestCertificate AttestationRoot => Issuer.Root.Certificate;

    private VirtualFido2Issuer Issuer => _issuer ??= new(Options.AttestationRoot, Options.AttestationKey, _time.GetUtcNow());

    /// <summary>Makes a credential: <c>navigator.credentials.create()</c>.</summary>
    /// <param name="optionsJson">PublicKeyCredentialCreationOptionsJSON.</param>
    /// <param name="client">Where the page stands.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <returns>RegistrationResponseJSON.</returns>
    /// <exception cref="ArgumentException">The options are none that this emulator can answer, or the fault is not one of this ceremony or format.</exception>
    /// <exception cref="InvalidOperationException">A browser would answer with an error, which the message names, as NotAllowedError.</exception>
    public string Create(string optionsJson, VirtualFido2Client client, Fido2Fault fault = Fido2Fault.None)
    {
        ArgumentNullException.ThrowIfNull(optionsJson);
        ArgumentNullException.ThrowIfNull(client);
        var request = VirtualFido2Creation.Read(optionsJson, client, Options);
        Fido2FaultScope.Require(fault, creation: true, request.Format);
        if (request.Excluded.Any(id => _credentials.Exists(credential => credential.Id == id)))
        {
            throw new InvalidOperationException("InvalidStateError: a credential is excluded.");
        }

        var credential = new VirtualFido2Credential(
            request.RpId,
            RandomNumberGenerator.GetBytes(fault == Fido2Fault.CredentialIdTooLong ? TooLongCredentialId : CredentialIdLength),
            request.UserHandle,
            request.IsResident,
            VirtualFido2Key.Create(request.Algorithm(fault), fault))
        {
            BackupEligible = Options.BackupEligible,
        };
        var clientData = VirtualFido2ClientData.Write(creation: true, request.Challenge, client, fault);
        var extensions = VirtualFido2Extensions.OfCreation(request.Extensions, credential, fault);
        var rpIdHash = VirtualFido2Text.Hash(fault == Fido2Fault.OtherRpId ? "elsewhere.example" : request.RpId);
        var aaguid = Options.Format == VirtualFido2Format.FidoU2f ? Guid.Empty : Options.Aaguid;
        var authenticatorData = Data(rpIdHash, asked: !client.Conditional, Options.BackupEligible, Counter, extensions) with { Aaguid = aaguid, Credential = credential };
        var attestation = new VirtualFido2Attestation
        {
            Options = Options,
            Issuer = Issuer,
            Credential = credential,
            RpIdHash = rpIdHash,
            AuthenticatorData = authenticatorData.Write(fault),
            ClientDataHash = SHA256.HashData(clientData),
            Aaguid = aaguid,
            IsEnterprise = request.IsEnterprise,
            Fault = fault,
        };
        var attestationObject = VirtualFido2AttestationObject.Write(VirtualFido2Attestation.Name(request.Format), attestation.Statement(request.Format), attestation.AuthenticatorData, fault);
        _credentials.Add(credential);
        return VirtualFido2Response.Registration(Options, credential, clientData, attestation.AuthenticatorData, attestationObject, extensions.Client, fault);
    }

    /// <summary>Signs in with a credential: <c>navigator.credentials.get()</c>.</summary>
    /// <param name="optionsJson">PublicKeyCredentialRequestOptionsJSON.</param>
    /// <param name="client">Where the page stands.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <returns>AuthenticationResponseJSON.</returns>
    /// <exception cref="ArgumentException">The options are none that this emulator can answer, or the fault is not one of this ceremony.</exception>
    /// <exception cref="InvalidOperationException">A browser would answer with an error, which the message names, as NotAllowedError.</exception>
    public string Get(string optionsJson, VirtualFido2Client client, Fido2Fault fault = Fido2Fault.None)
    {
        ArgumentNullException.ThrowIfNull(optionsJson);
        ArgumentNullException.ThrowIfNull(client);
        Fido2FaultScope.Require(fault, creation: false, Options.Format);
        var request = VirtualFido2Assertion.Read(optionsJson, client, Options);
        var credential = request.Choose(_credentials, client.CredentialId, fault);
        if (Options.HasCounter && fault != Fido2Fault.CounterNotAdvanced)
        {
            Counter++;
        }

        var signsForAppId = request.AppId is not null && credential.RpId == request.AppId;
        var scope = fault switch
        {
            Fido2Fault.OtherRpId => "elsewhere.example",
            Fido2Fault.AppIdNotAsked => "https://elsewhere.example/app-id.json",
            Fido2Fault.AppIdInsteadOfRpId => request.AppId ?? throw new ArgumentException($"{fault} needs a request with the extension appid.", nameof(fault)),
            _ => signsForAppId ? request.AppId! : request.RpId,
        };
        var clientData = VirtualFido2ClientData.Write(creation: false, request.Challenge, client, fault);
        var extensions = VirtualFido2Extensions.OfRequest(request.Extensions, credential, signsForAppId, fault);
        var eligible = credential.BackupEligible != (fault == Fido2Fault.BackupEligibilityChanged);
        var authenticatorData = Data(VirtualFido2Text.Hash(scope), asked: true, eligible, fault == Fido2Fault.CounterReset ? 0 : Counter, extensions) with
        {
            Credential = fault == Fido2Fault.AttestedCredentialInAssertion ? credential : null,
        };
        var data = authenticatorData.Write(fault);
        var hash = SHA256.HashData(clientData);
        var signer = fault == Fido2Fault.ForeignKey ? VirtualFido2Key.Create(credential.Algorithm) : credential.Key;
        var signature = signer.Sign([.. data, .. fault == Fido2Fault.SignedOtherClientData ? SHA256.HashData(hash) : hash]);
        return VirtualFido2Response.Authentication(Options, credential, clientData, data, signature, extensions.Client, fault);
    }

    /// <summary>Takes the keys of a U2F token over: it answers for them where a request has the extension <c>appid</c>.</summary>
    /// <param name="token">The token.</param>
    public void Adopt(VirtualU2fToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        Counter = Math.Max(Counter, token.Counter);
        _credentials.AddRange(token.Keys.Select(key => new VirtualFido2Credential(key.AppId, key.KeyHandle, userHandle: null, isResident: false, VirtualFido2Key.FromU2f(key.Key))));
    }

    /// <summary>Forgets a credential.</summary>
    /// <param name="credentialId">Its identifier, base64url.</param>
    /// <returns>Whether it was there.</returns>
    public bool Forget(string credentialId) => _credentials.RemoveAll(credential => credential.Id == credentialId) > 0;

    /// <inheritdoc/>
    public override string ToString() => $"VirtualFido2Authenticator {Options.Aaguid}, {_credentials.Count} credentials";

    private VirtualFido2AuthenticatorData Data(byte[] rpIdHash, bool asked, bool eligible, uint counter, VirtualFido2Extensions extensions) => new()
    {
        RpIdHash = rpIdHash,
        IsUserPresent = asked,
        IsUserVerified = asked && Options.UserVerified,
        IsBackupEligible = eligible,
        IsBackedUp = eligible && BackedUp,
        Counter = counter,
        Aaguid = Options.Aaguid,
        Extensions = extensions.Authenticator,
    };
}
