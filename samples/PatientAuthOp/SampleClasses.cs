using MedId.Core;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The authentication context classes of this sample: the trial's own, and two that are tied to levels.</summary>
internal static class SampleClasses
{
    /// <summary>The class of the study's trial (row A2).</summary>
    public const string Trial = "urn:cibatest:auth:fido";

    public static AcrTable Table { get; } = new(
    [
        Row("https://medidsdk.example/sample/acr/aal3", AuthenticatorAssuranceLevel.Aal3),
        Row("https://medidsdk.example/sample/acr/aal2", AuthenticatorAssuranceLevel.Aal2),
        Row(Trial, AuthenticatorAssuranceLevel.None),
    ]);

    private static AcrRequirement Row(string acr, AuthenticatorAssuranceLevel level) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = ["fido-uaf", "fido2"] };
}
