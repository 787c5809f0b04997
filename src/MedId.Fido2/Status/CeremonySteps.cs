namespace MedId.Fido2;

/// <summary>The numbered steps of WebAuthn L3 §7.1 and §7.2 in our words.</summary>
internal static class CeremonySteps
{
    private static readonly string[] OfRegistration =
    [
        "make the options",
        "call create()",
        "the response is an attestation response",
        "take the client extension results",
        "decode the client data as UTF-8",
        "parse the client data",
        "type of the client data",
        "challenge",
        "origin",
        "crossOrigin",
        "topOrigin",
        "hash of the client data",
        "decode the attestation object",
        "hash of the RP ID",
        "user presence",
        "user verification",
        "backup state without eligibility",
        "policy for backup eligibility",
        "policy for backup state",
        "algorithm is among those offered",
        "format of the attestation statement",
        "attestation statement",
        "trust anchors of the format",
        "trust in the attestation",
        "length of the credential id",
        "credential id is not registered yet",
        "make the credential record",
        "extension outputs",
        "store the credential record",
    ];

    private static readonly string[] OfAuthentication =
    [
        "make the options",
        "call get()",
        "the response is an assertion response",
        "take the client extension results",
        "credential is among those allowed",
        "user and record of the credential",
        "take client data, authenticator data and signature",
        "decode the client data as UTF-8",
        "parse the client data",
        "type of the client data",
        "challenge",
        "origin",
        "crossOrigin",
        "topOrigin",
        "hash of the RP ID",
        "user presence",
        "user verification",
        "backup state without eligibility",
        "backup eligibility and state",
        "hash of the client data",
        "signature",
        "signature counter",
        "extension outputs",
        "update the credential record",
        "continue the ceremony",
    ];

    public static CeremonyStep[] Registration(StepRecord record, string? code) => Explain(OfRegistration, "WebAuthn L3 §7.1", record, code);

    public static CeremonyStep[] Authentication(StepRecord record, string? code) => Explain(OfAuthentication, "WebAuthn L3 §7.2", record, code);

    private static CeremonyStep[] Explain(string[] names, string section, StepRecord record, string? code)
    {
        var steps = new CeremonyStep[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            var outcome = record.Of(index + 1);
            steps[index] = new(index + 1, $"{section} step {index + 1}", names[index], outcome, outcome == StepOutcome.Failed ? code : null);
        }

        return steps;
    }
}
