using MedId.Samples.Hosting;

namespace MedId.Samples.DoctorEhr;

/// <summary>Whom the EHR works with.</summary>
internal sealed record EhrSettings(string ClientId, string PatientOp, string DoctorOp, string FhirBase, string Acr, string? TrustStatement)
{
    public static EhrSettings Of(HostArguments arguments) => new(
        arguments["--client-id"] ?? "ehr-clinic-a",
        arguments.Needed("--op"),
        arguments.Needed("--doctor-op"),
        arguments.Needed("--api").TrimEnd('/') + "/fhir",
        arguments["--acr"] ?? "urn:cibatest:auth:fido",
        arguments["--trust-statement"] is { } file ? File.ReadAllText(file).Trim() : null);
}
