using MedId.Cli.Fido2;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Cli.U2f;

/// <summary><c>medid u2f verify-authentication</c>: <see cref="U2fVerifier"/>.</summary>
internal sealed class U2fAuthenticationVerb() : Verb("u2f", "verify-authentication", "a U2F token's signature (Raw Message Formats 1.2)")
{
    private static readonly U2fVerifier Verifier = new(new PublicKeyCache());

    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var appId = input.Text("appId");
        var credential = input.Object("credential");
        var expectations = new U2fAuthenticationExpectations
        {
            AppId = appId,
            Facets = Fido2Input.Texts(input, "facets"),
            Challenge = input.Binary("challenge"),
            Registration = new()
            {
                AppId = appId,
                KeyHandle = credential.Binary("keyHandle"),
                PublicKey = credential.Binary("publicKey"),
                Counter = credential.Counter("counter"),
            },
            RequireUserPresence = input.Flag("requireUserPresence", otherwise: true),
            Counter = input.OptionalChoice("counterPolicy", Fido2Input.Counters) ?? CounterPolicy.Report,
            Algorithms = common.Algorithms,
            At = common.At,
        };
        var (keyHandle, clientData, signatureData) = (input.Binary("keyHandle"), input.Binary("clientData"), input.Binary("signatureData"));
        return () => Judge(Verifier.VerifyAuthentication(expectations, keyHandle, clientData, signatureData));
    }

    private static Answer Judge(MedIdResult<U2fAuthenticationEvidence> result) => new()
    {
        Outcome = result.Succeeded ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
        Error = result.Error,
        Members = writer =>
        {
            writer.WriteOptional("counter", result.Value?.Registration.Counter);
            writer.WriteOptional("userPresent", result.Value?.UserPresent);
            writer.WriteOptional("cloneSuspected", result.Value?.CloneSuspected);
        },
    };
}
