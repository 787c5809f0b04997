using MedId.AspNetCore.ResourceServer;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.HealthRecordApi;

/// <summary>The health data API of the walk: FHIR R4 read and search over embedded synthetic records, each call introspected at the patient's OP.</summary>
internal static class ApiHost
{
    private const string BasePath = "/fhir";

    public static HostFlag[] Flags { get; } =
    [
        HostFlag.Needed("--op", "URL", "issuer of the patient OP"),
        HostFlag.Needed("--credentials", "FILE", "this API's client id and secret, or key, at the OP (see README.md)"),
        HostFlag.Optional("--btg-acr", "VALUE", "class of tokens for which the scope btg lifts labels (default: btg lifts nothing)"),
        HostFlag.Optional("--resource", "URL", "resource identifier: FHIR base URL as clients reach it (default the first of --urls, with /fhir)"),
    ];

    public static WebApplication Build(HostArguments arguments)
    {
        var resource = arguments["--resource"] ?? arguments.Urls.Split(';')[0].TrimEnd('/') + BasePath;
        var app = SampleHost.Build(arguments, builder =>
        {
            builder.Services.AddSingleton(RecordStore.Embedded());
            builder.Services.AddSingleton<FhirEndpoint>();
            builder.Services.AddMedIdIntrospection(options =>
            {
                options.Issuer = arguments.Needed("--op");
                options.Credential = ApiCredential.Load(arguments.Needed("--credentials"));
                options.Audience = resource;
                options.Http.AllowHttpOnLoopback = true;
                options.TokenContext = EmergencyTokens.ContextFor(arguments["--btg-acr"]);
                options.Scopes = options.Scopes with { BreakTheGlassPurposes = EmergencyTokens.Purposes };
                options.OnIntrospected = IntrospectionSteps.ReportAsync;
            });
        });
        var endpoint = app.Services.GetRequiredService<FhirEndpoint>();
        app.MapGet(BasePath + "/metadata", () => FhirResults.Resource(Capabilities.Statement));
        app.MapGet(BasePath + "/{**path}", endpoint.Answer).RequireFhirScope(BasePath);
        return app;
    }
}
