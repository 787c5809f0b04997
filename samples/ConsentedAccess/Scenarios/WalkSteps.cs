namespace MedId.Samples.ConsentedAccess;

/// <summary>Row A1's ten steps, enrolment before and the history after them, and who has to report each.</summary>
internal static class WalkSteps
{
    public const int Enrolment = 0;
    public const int Last = 10;

    /// <summary>The consent history and withdrawal.</summary>
    public const int After = 11;

    private static readonly string[][] Hosts =
    [
        [HostRole.Phone, HostRole.PatientOp],
        [HostRole.DoctorOp, HostRole.Ehr],
        [HostRole.PatientOp, HostRole.Ehr],
        [HostRole.PatientOp, HostRole.Phone],
        [HostRole.Phone, HostRole.PatientOp],
        [HostRole.PatientOp, HostRole.Ehr],
        [HostRole.Ehr],
        [HostRole.Api],
        [HostRole.PatientOp],
        [HostRole.Api],
        [HostRole.Ehr],
    ];

    /// <summary>The hosts that have to report a step before it counts.</summary>
    public static IReadOnlyList<string> HostsOf(int step) => Hosts[step];

    /// <summary>Whether every host of a step has reported it as done. Where nobody is asked, step 4 is the phone's alone: it reads what was opened.</summary>
    public static bool IsDone(int step, IReadOnlyList<StepReport> reports, bool told = false) =>
        Hosts[step].Where(role => !told || step != 4 || role == HostRole.Phone).All(role => reports.Any(report => report.Step == step && report.Ok && string.Equals(report.Role, role, StringComparison.Ordinal)));
}
