using MedId.Core;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The authentication context classes of this sample: the trial's own, and two that are tied to levels.</summary>
internal static class SampleClasses
{
    /// <summary>The class of the study's trial (row A2).</summary>
    public const string Trial = "urn:cibatest:auth:fido";

    /// <summary>No device was asked: a consent given beforehand, for a vetted service that signs that the person is there.</summary>
    public const string PreRegistered = "https://medidsdk.example/sample/acr/pre-registered";

    /// <summary>No device was asked: a code that the person told.</summary>
    public const string OneTimeCode = "https://medidsdk.example/sample/acr/one-time-code";

    /// <summary>No device was asked: a form that was signed at a reception desk.</summary>
    public const string Paper = "https://medidsdk.example/sample/acr/paper";

    /// <summary>No device was asked: words that were taken down at a reception desk.</summary>
    public const string Oral = "https://medidsdk.example/sample/acr/oral";

    /// <summary>No device was asked and nobody consented: an emergency.</summary>
    public const string BreakGlass = "https://medidsdk.example/sample/acr/break-glass";

    public static AcrTable Table { get; } = new(
    [
        Row("https://medidsdk.example/sample/acr/aal3", AuthenticatorAssuranceLevel.Aal3),
        Row("https://medidsdk.example/sample/acr/aal2", AuthenticatorAssuranceLevel.Aal2),
        Row(Trial, AuthenticatorAssuranceLevel.None),
        Ground(PreRegistered, "pre-registered"),
        Ground(OneTimeCode, "one-time-code"),
        Ground(Paper, "paper"),
        Ground(Oral, "oral"),
        Ground(BreakGlass, "break-glass"),
    ]);

    private static AcrRequirement Ground(string acr, string protocol) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = [protocol] };

    private static AcrRequirement Row(string acr, AuthenticatorAssuranceLevel level) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = ["fido-uaf", "fido2"] };
}
