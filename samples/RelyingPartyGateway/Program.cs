using MedId.Samples.Hosting;
using MedId.Samples.RelyingPartyGateway;

var arguments = HostArguments.Parse("rp-gateway", args, GatewayHost.Flags);
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

if (!arguments.ListensOnLoopbackOnly)
{
    await Console.Error.WriteLineAsync("rp-gateway: it is a part of the EHR on this machine; it listens on loopback only");
    return HostArguments.UsageExitCode;
}

using var setup = GatewaySetup.Read(arguments);
return await SampleHost.RunAsync(GatewayHost.Build(arguments, setup), _ => new() { ["client_id"] = setup.ClientId, ["openapi"] = "/openapi.json" });
