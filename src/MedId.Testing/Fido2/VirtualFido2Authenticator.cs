namespace MedId.Testing;

/// <summary>
/// Browser and authenticator in one, in memory: answers options as <c>navigator.credentials</c> and <c>toJSON()</c> do, or misbehaves by name. For tests and samples; its keys are not protected.
/// </summary>
/// <remarks>It writes CBOR, authenticator data and attestation with code of its own, so that a mistake of the verifier is not repeated here. Not safe for use from several threads.</remarks>
public sealed class VirtualFido2Authenticator
{
    /// <summary>An authenticator without credentials.</summary>
    /// <param name="options">What kind; null for the defaults.</param>
    /// <param name="time">The clock for certificates and SafetyNet responses; null for the system's.</param>
    public VirtualFido2Authenticator(VirtualFido2Options? options = null, TimeProvider? time = null)
    {
        Options = options ?? new();
        _ = time;
        BackedUp = Options.BackedUp;
    }

    /// <summary>The COSE algorithms that this platform can sign with, most wanted first.</summary>
    public static IReadOnlyList<int> SupportedAlgorithms { get; } = [-7];

    /// <summary>What kind of authenticator it is.</summary>
    public VirtualFido2Options Options { get; }

    /// <summary>Flag BS of the answers from now on.</summary>
    public bool BackedUp { get; set; }

    /// <summary>Makes a credential: <c>navigator.credentials.create()</c>.</summary>
    /// <param name="optionsJson">PublicKeyCredentialCreationOptionsJSON.</param>
    /// <param name="client">Where the page stands.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <returns>RegistrationResponseJSON.</returns>
    /// <exception cref="ArgumentException">The options are none that this emulator can answer, or the fault is not one of this ceremony or format.</exception>
    /// <exception cref="InvalidOperationException">A browser would answer with an error, which the message names, as NotAllowedError.</exception>
    public string Create(string optionsJson, VirtualFido2Client client, Fido2Fault fault = Fido2Fault.None)
    {
        ArgumentNullException.ThrowIfNull(client);
        throw new InvalidOperationException($"{optionsJson.Length} {fault} {Options}");
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
        ArgumentNullException.ThrowIfNull(client);
        throw new InvalidOperationException($"{optionsJson.Length} {fault} {Options}");
    }
}
