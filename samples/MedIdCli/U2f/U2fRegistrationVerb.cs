using MedId.Cli.Fido2;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido2;

namespace MedId.Cli.U2f;

/// <summary><c>medid u2f verify-registration</c>: <see cref="U2fVerifier"/>.</summary>
internal sealed class U2fRegistrationVerb() : Verb("u2f", "verify-registration", "a U2F token's registration (Raw Message Formats 1.2)")
{
    private static readonly U2fVerifier Verifier = new(new PublicKeyCache());

    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var statements = input.Raw("metadata") is null ? null : Statements(input);
        var policy = Fido2Input.Attestation(input, pki, statements?.Value);
        var expectations = new U2fRegistrationExpectations
        {
            AppId = input.Text("appId"),
            Facets = Fido2Input.Texts(input, "facets"),
            Challenge = input.Binary("challenge"),
            Attestation = new() { Policy = policy, Algorithms = common.Algorithms, At = common.At },
        };
        var (clientData, registrationData) = (input.Binary("clientData"), input.Binary("registrationData"));
        return () => (pki.Error ?? statements?.Error) is { } unread
            ? Answer.Refused(unread)
            : Judge(Verifier.VerifyRegistration(expectations, clientData, registrationData), policy);
    }

    /// <summary>Metadata statements as objects; a statement that cannot be read is not passed over, because a model would be unknown that is not.</summary>
    private static MedIdResult<LocalMetadata> Statements(CallInput input)
    {
        var read = new List<MetadataStatement>();
        foreach (var json in input.OptionalRawObjects("metadata")!)
        {
            var statement = MetadataStatement.Parse(json);
            if (!statement.Succeeded)
            {
                return statement.Error;
            }

            read.Add(statement.Value);
        }

        return new LocalMetadata(read);
    }

    private static Answer Judge(MedIdResult<U2fRegistrationEvidence> result, AttestationTrustPolicy policy) => new()
    {
        Outcome = result.Succeeded ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
        Error = result.Error,
        IsWeak = result.Value?.Trust.Path?.UsedWeakAlgorithm == true,
        Members = writer =>
        {
            var registration = result.Value?.Registration;
            writer.WriteString("keyHandle", registration is null ? null : JsonWriting.Text(registration.KeyHandle.Span));
            writer.WriteString("publicKey", registration is null ? null : JsonWriting.Text(registration.PublicKey.Span));
            writer.WriteString("attestationCertificate", result.Value is null ? null : JsonWriting.Text(result.Value.AttestationCertificate.RawData.Span));
            writer.WriteOptional("trusted", Fido2Input.Trusted(policy, result.Value?.Trust));
            writer.WriteTexts("transports", registration is null ? [] : Enum.GetValues<U2fTransports>().Where(t => t != U2fTransports.None && registration.Transports.HasFlag(t)).Select(TransportName));
        },
    };

    private static string TransportName(U2fTransports transport) => transport switch
    {
        U2fTransports.Bluetooth => "bt",
        U2fTransports.BluetoothLowEnergy => "ble",
        U2fTransports.Usb => "usb",
        U2fTransports.Nfc => "nfc",
        _ => "usb-internal",
    };
}
