using MedId.Samples.Hosting;
using MedId.Samples.PatientPhone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

var arguments = HostArguments.Parse(
    "phone",
    args,
    HostFlag.Needed("--op", "URL", "issuer of the patient OP"),
    HostFlag.Optional("--ticket", "T", "enrolment ticket; needed until the state file holds an enrolment"),
    HostFlag.Optional("--state", "FILE", "keys, counter and account handle (default patient-phone.json)"),
    HostFlag.Optional("--model", "FILE", "the authenticator's model (default: one of its own, without attestation certificate)"),
    HostFlag.Optional("--public-url", "URL", "how the OP reaches this phone, when that is not the listening address"),
    HostFlag.Optional("--decide", "HOW", "approve (default), deny, narrow, ask"),
    HostFlag.Optional("--keep", "SCOPE,SCOPE", "what narrow keeps (default: all but the last category)"),
    HostFlag.Optional("--wait", "SECONDS", "how long the person thinks before deciding"),
    HostFlag.Optional("--misbehave", "HOW", "sample only: tampered-assertion, replayed-assertion, foreign-ticket, foreign-app, none"));
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

if (!PhoneOptions.TryRead(arguments, out var options, out var mistake))
{
    await Console.Error.WriteLineAsync("phone: " + mistake);
    return HostArguments.UsageExitCode;
}

var app = SampleHost.Build(arguments, _ => { });
using var phone = new Phone(options, app.Services);
app.MapPost("/push", phone.Push.HandleAsync);
app.MapPost("/withdraw", phone.WithdrawAsync);
app.MapGet("/history", phone.HistoryAsync);
app.MapPost("/standing", phone.GiveBeforehandAsync);
return await SampleHost.RunAsync(app, addresses =>
{
    phone.Start(options.PublicUrl ?? addresses[0]);
    return [];
});
