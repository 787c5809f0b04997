namespace MedId.Samples.ConsentedAccess;

/// <summary>The five servers of the walk by the names that routes, expectations and output use.</summary>
internal static class HostRole
{
    public const string PatientOp = "patient-op";
    public const string DoctorOp = "doctor-op";
    public const string Api = "health-record-api";
    public const string Ehr = "doctor-ehr";
    public const string Phone = "phone";

    /// <summary>A second phone, of scenarios in which somebody else tries.</summary>
    public const string OtherPhone = "other-phone";

    /// <summary>The main job itself, where it plays a part.</summary>
    public const string MainJob = "main-job";

    public static readonly string[] Servers = [PatientOp, DoctorOp, Api, Ehr, Phone];

    /// <summary>The project that plays a role.</summary>
    public static string Project(string role) => role switch
    {
        PatientOp => "PatientAuthOp",
        DoctorOp => "DoctorAuthOp",
        Api => "HealthRecordApi",
        Ehr => "DoctorEhr",
        Phone or OtherPhone => "PatientPhone",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no such role"),
    };
}
