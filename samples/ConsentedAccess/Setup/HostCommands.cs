namespace MedId.Samples.ConsentedAccess;

/// <summary>The command line of each server.</summary>
internal sealed class HostCommands(WalkOptions options, WorkingFolder folder, Routes routes, SampleFiles files)
{
    /// <summary>A server's command line, with what a scenario adds for the patient OP; <c>{notices}</c> stands for the file of notices.</summary>
    public HostCommand Of(string role, IReadOnlyList<string> more) =>
        role == HostRole.PatientOp && more.Count > 0 ? Of(role) with { Arguments = [.. Of(role).Arguments, .. more.Select(flag => flag == "{notices}" ? files.Notices : flag)] } : Of(role);

    private HostCommand Of(string role) => role switch
    {
        HostRole.PatientOp => Make(
            role,
            "--issuer", routes.Public(role),
            "--storage", WalkStorage.Of(options, folder),
            "--clients", files.PatientOpClients,
            "--users", files.Users,
            "--doctor-op", routes.Public(HostRole.DoctorOp),
            "--metadata", files.UafMetadata,
            "--passkeys", "localhost",
            "--passkey-origin", files.PasskeyOrigin,
            "--trust-framework", files.TrustFramework,
            "--break-glass", SampleFiles.EhrClient,
            "--keys", WalkStorage.KeysOf(options, folder),
            "--proofing-desk"),
        HostRole.DoctorOp => Make(
            role,
            "--issuer", routes.Public(role),
            "--doctors", files.Doctors,
            "--clients", files.DoctorOpClients,
            "--patient-op", routes.Public(HostRole.PatientOp)),
        HostRole.Api => Make(role, "--op", routes.Public(HostRole.PatientOp), "--resource", SampleFiles.Resource(routes), "--credentials", files.ApiCredentials, "--btg-acr", WalkAccess.BreakGlass),
        HostRole.Ehr => Make(
            role,
            "--op", routes.Public(HostRole.PatientOp),
            "--doctor-op", routes.Public(HostRole.DoctorOp),
            "--api", routes.Public(HostRole.Api),
            "--key", files.EhrKey,
            "--trust-statement", files.TrustStatement),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "started by Phone"),
    };

    public HostCommand Phone(string role, string ticket, IReadOnlyList<string> flags)
    {
        // The second phone of a scenario is nobody's route.
        var (listen, reachable) = role == HostRole.Phone ? (routes.Listen(role), routes.Public(role)) : Twice(Ports.NextUrl());
        return Make(
            role,
            listen,
            ["--op", routes.Public(HostRole.PatientOp), "--ticket", ticket, "--model", files.PhoneModel, "--state", folder.File(role + ".json"), "--public-url", reachable, .. flags]);
    }

    private HostCommand Make(string role, params string[] own) => Make(role, routes.Listen(role), own);

    private HostCommand Make(string role, string listen, string[] own)
    {
        string[] telemetry = options.Logs is null ? [] : ["--log-level", "trace", "--telemetry", folder.Telemetry(role)];
        return new HostCommand(role, ["--urls", listen, "--steps", "--log", folder.Log(role), .. telemetry, .. own], folder.Log(role));
    }

    private static (string, string) Twice(string url) => (url, url);
}
