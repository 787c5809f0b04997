using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Fido2;

namespace MedId.Cli.Fido2;

/// <summary><c>medid fido2 verify-registration</c>: <see cref="RegistrationVerifier"/>.</summary>
internal sealed class Fido2RegistrationVerb() : Verb("fido2", "verify-registration", "a passkey's registration (WebAuthn L3 §7.1)")
{
    private static readonly RegistrationVerifier Verifier = new();

    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var attestation = Fido2Input.Attestation(input, pki, metadata: null) with { CompoundMinimum = input.OptionalNumber("compoundMinimum", 1, 16) };
        var blob = Fido2Input.Blob(input, pki, common);
        var expectations = new RegistrationExpectations
        {
            RpId = input.Text("rpId"),
            Origins = Fido2Input.Texts(input, "origins"),
            AllowCrossOrigin = input.Flag("allowCrossOrigin"),
            TopOrigins = input.OptionalTexts("topOrigins") ?? [],
            Challenge = input.Binary("challenge"),
            UserVerification = input.Choice("userVerification", Fido2Input.UserVerification),
            ConditionalCreate = input.Flag("conditionalCreate"),
            Algorithms = input.OptionalNumbers("algorithms") ?? CredentialParameters.Supported,
            KnownCredentialIds = Fido2Input.Binaries(input, "knownCredentialIds"),
            AppId = input.OptionalText("appId"),
            AlgorithmPolicy = common.Algorithms,
            Now = common.At,
        };
        var response = Fido2Input.Response(input);
        return () =>
        {
            if ((pki.Error ?? pki.Unread("metadataRoots")) is { } unread)
            {
                return Answer.Refused(unread);
            }

            var decision = blob?.Invoke();
            if (decision is { IsAccepted: false })
            {
                return new() { Outcome = decision.Outcome, Error = decision.Error };
            }

            // Beside metadata, anchors hold for the models that it does not know.
            var policy = attestation with { Metadata = decision?.Blob };
            return Judge(Verifier.Verify(expectations with { Attestation = policy }, response), policy, decision, common.Explain);
        };
    }

    private static Answer Judge(RegistrationVerification verification, AttestationTrustPolicy policy, MetadataBlobDecision? blob, bool explain)
    {
        var evidence = verification.Evidence;
        return new()
        {
            Outcome = verification.Succeeded ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
            Error = verification.Error,
            IsWeak = evidence is not null && (evidence.Statement.UsedWeakAlgorithm || IsWeak(evidence.Trust)) || blob?.Signer?.UsedWeakAlgorithm == true,
            Steps = explain ? [.. verification.Steps.Select(Fido2Answer.Step)] : [],
            Members = writer =>
            {
                writer.WriteString("format", evidence?.Statement.Format);
                writer.WriteString("attestationType", evidence is null ? null : JsonWriting.Name(evidence.Statement.Type));
                writer.WriteOptional("trusted", Fido2Input.Trusted(policy, evidence?.Trust));
                if (Fido2Input.Trusted(policy, evidence?.Trust) == false)
                {
                    writer.WriteString("untrustedBecause", evidence!.Trust.Reason?.Code);
                }

                writer.WriteString("aaguid", evidence?.Credential.Aaguid.ToString("D"));
                Fido2Answer.WriteCredential(writer, evidence?.Credential);
                Fido2Answer.WriteExtensions(writer, evidence?.ClientExtensions, evidence?.AuthenticatorExtensions);
            },
        };
    }

    private static bool IsWeak(AttestationTrust trust) => trust.Path?.UsedWeakAlgorithm == true || trust.Members.Any(IsWeak);
}
