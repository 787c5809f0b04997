using System.Net;
using System.Text;
using System.Text.Json;
using MedId.AspNetCore.ResourceServer;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class ResourceServer
{
    public static WebApplication Build(WebApplicationBuilder builder, SigningKey key)
    {
        #region ResourceServer_Use
        builder.Services.AddMedIdIntrospection(options =>
        {
            options.Issuer = "https://op.example";
            options.Credential = new PrivateKeyJwtCredential("health-record-api", key);
            options.Audience = "https://api.example/fhir";
        });

        var app = builder.Build();
        app.MapGet("/fhir/{**path}", Answer).RequireFhirScope("/fhir");
        #endregion
        return app;
    }

    public static void BuildBound(WebApplicationBuilder builder, byte[] nonceKey)
    {
        #region ResourceServer_Bound
        builder.Services.AddMedIdIntrospection(options =>
        {
            options.RequireSenderConstrainedTokens = true;
            options.DpopNonces = new DpopNonces(new KeyedDigest(nonceKey), options.Audience);
            options.ForwardedCertificates = new ForwardedCertificateRule([IPNetwork.Parse("10.1.2.0/24")]);
        });
        #endregion
    }

    public static void MapSensitive(WebApplication app)
    {
        #region ResourceServer_StepUp
        app.MapGet("/sensitive/{**path}", Answer)
            .RequireFhirScope("/sensitive")
            .RequireAuthentication(["urn:example:acr:card"], maxAge: TimeSpan.FromMinutes(5));
        #endregion
    }

    #region ResourceServer_Answer
    private static IResult Answer(HttpContext context)
    {
        var access = context.GetFhirAccess();
        var resource = Find(access.Request.ResourceType, access.Request.Id);
        return resource is { } found && access.Permits(found)
            ? FhirResults.Resource(Encoding.UTF8.GetBytes(found.GetRawText()))
            : FhirResults.NotFound();
    }
    #endregion

    private static JsonElement? Find(string? type, string? id) => type is null || id is null ? null : default(JsonElement);
}
