using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido2;

namespace MedId.Cli.Fido2;

/// <summary><c>medid fido2 verify-authentication</c>: <see cref="AuthenticationVerifier"/>.</summary>
internal sealed class Fido2AuthenticationVerb() : Verb("fido2", "verify-authentication", "a sign-in with a passkey (WebAuthn L3 §7.2)")
{
    private static readonly AuthenticationVerifier Verifier = new();

    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var credential = Fido2Input.Credential(input.Object("credential"), out var unread);
        var (rpId, origins, challenge) = (input.Text("rpId"), Fido2Input.Texts(input, "origins"), input.Binary("challenge"));
        var (crossOrigin, topOrigins) = (input.Flag("allowCrossOrigin"), input.OptionalTexts("topOrigins") ?? []);
        var (identified, allowed) = (input.Flag("userIdentified", otherwise: true), Fido2Input.Binaries(input, "allowCredentials"));
        var userVerification = input.Choice("userVerification", Fido2Input.UserVerification);
        var counter = input.OptionalChoice("counterPolicy", Fido2Input.Counters) ?? CounterPolicy.Report;
        var appId = input.OptionalText("appId");
        var response = Fido2Input.Response(input);
        return () => credential is null
            ? Answer.Refused(unread!)
            : Judge(
                Verifier.Verify(
                    new AuthenticationExpectations
                    {
                        RpId = rpId,
                        Origins = origins,
                        AllowCrossOrigin = crossOrigin,
                        TopOrigins = topOrigins,
                        Challenge = challenge,
                        UserVerification = userVerification,
                        Credential = credential,
                        UserIdentified = identified,
                        AllowCredentials = allowed,
                        Counter = counter,
                        AppId = appId,
                        AlgorithmPolicy = common.Algorithms,
                        Now = common.At,
                    },
                    response),
                common.Explain);
    }

    private static Answer Judge(AuthenticationVerification verification, bool explain)
    {
        var evidence = verification.Evidence;
        return new()
        {
            Outcome = verification.Succeeded ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
            Error = verification.Error,
            Steps = explain ? [.. verification.Steps.Select(Fido2Answer.Step)] : [],
            Members = writer =>
            {
                writer.WriteOptional("signCount", evidence?.SignCount);
                writer.WriteOptional("cloneSuspected", evidence?.CloneSuspected);
                writer.WriteOptional("userVerified", evidence?.UserVerified);
                writer.WriteOptional("backupEligible", evidence?.BackupEligible);
                writer.WriteOptional("backupState", evidence?.BackupState);
                Fido2Answer.WriteExtensions(writer, evidence?.ClientExtensions, evidence?.AuthenticatorExtensions);
            },
        };
    }
}
