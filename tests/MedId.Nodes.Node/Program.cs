using System.Globalization;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Nodes.Node;
using MedId.Provider;
using MedId.Samples.Hosting;
using MedId.Samples.PatientAuthOp;
using MedId.Storage.PostgreSql;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

// One node of the sample's OP in its lab, on a database that it shares with others, with a clock of its own and, if told so, with the code of the schema before.
//
//   MedId.Nodes.Node --lab --urls URL --issuer URL --storage sqlite:FILE --postgres CONNECTION --clock SECONDS [--previous]
//
// --storage names the file beside which the nodes' common keys are; nothing is stored in it.
var arguments = HostArguments.Parse(
    "node",
    args,
    HostFlag.Switch("--lab", "as of the sample"),
    HostFlag.Needed("--issuer", "URL", "the issuer of all nodes"),
    HostFlag.Needed("--storage", "STORE", "where the common keys are"),
    HostFlag.Needed("--postgres", "CONNECTION", "the common database"),
    HostFlag.Optional("--clock", "SECONDS", "how far its clock is off (default 0)"),
    HostFlag.Switch("--previous", "run the code of the schema before"));
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

var setup = await OpSetup.ReadAsync(arguments);
var offset = TimeSpan.FromSeconds(int.Parse(arguments["--clock"] ?? "0", CultureInfo.InvariantCulture));
var migrations = PostgreSqlSchema.Migrations;
var store = await PostgreSqlProviderStore.OpenAsync(new()
{
    ConnectionString = arguments.Needed("--postgres"),
    Cipher = static tenant => new FieldCipher(tenant.Value, new FieldKey("nodes", new byte[FieldKey.Length])),
    Migrations = arguments.Has("--previous") ? [.. migrations.Take(migrations.Count - 1)] : migrations,
});
await using (store)
{
    var app = SampleHost.Build(arguments, builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(new ClockOff(offset));
        builder.Services.AddSingleton<IProviderStore>(store);
        setup.Configure(builder);
    });
    app.MapMedIdProvider();
    app.MapMedIdLab();
    return await SampleHost.RunAsync(app, _ => new JsonObject { ["durability"] = store.Durability });
}
