using MedId.Samples.DoctorEhr;
using MedId.Samples.Hosting;

var arguments = HostArguments.Parse("doctor-ehr", args, EhrHost.Flags);
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

if (!arguments.ListensOnLoopbackOnly)
{
    await Console.Error.WriteLineAsync("doctor-ehr: its steering endpoints know no user; they listen on loopback only");
    return HostArguments.UsageExitCode;
}

using var key = EhrKey.Load(arguments);
return await SampleHost.RunAsync(EhrHost.Build(arguments, key));
