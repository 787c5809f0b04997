using MedId.Samples.HealthRecordApi;
using MedId.Samples.Hosting;

var arguments = HostArguments.Parse("health-record-api", args, ApiHost.Flags);
return arguments is null ? HostArguments.UsageExitCode : await SampleHost.RunAsync(ApiHost.Build(arguments));
