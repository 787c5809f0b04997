using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>A desk at which a parent shows the family register; an OP's own desk authenticates and calls <c>/desk/proxies</c>.</summary>
internal static class SampleProxyDesk
{
    private static readonly LifeCycleActor Clerk = LifeCycleActor.Clerk("sample-clerk", "sample-city-office");

    public static void Map(WebApplication app)
    {
        app.MapPost("/sample/proxies", RegisterAsync);
        app.MapPost("/sample/proxies/{id}/end", EndAsync);
    }

    private static async Task RegisterAsync(HttpContext http)
    {
        var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await AnswerAsync(http, desk => desk.RegisterAsync(
            new()
            {
                Patient = body!["patient"]!.GetValue<string>(),
                Proxy = body["proxy"]!.GetValue<string>(),
                Relationship = ProxyRelationship.Parent,
                PatientName = body["patient_name"]!.GetValue<string>(),
                ProxyName = body["proxy_name"]!.GetValue<string>(),
                Evidence = [new("family-register", "みほん市（架空）", StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes("synthetic scan"))))],
                LegalBasis = "parental-authority",
                Scopes = ["patient/*.rs"],
                Purposes = ["TREAT"],
                ValidUntil = now.AddDays(365),
                BornOn = DateOnly.FromDateTime(now.UtcDateTime).AddYears(-6),
            },
            Clerk,
            http.RequestAborted));
    }

    private static Task EndAsync(HttpContext http) =>
        AnswerAsync(http, desk => desk.ChangeAsync((string)http.Request.RouteValues["id"]!, ProxyEvent.End, Clerk, http.RequestAborted));

    private static async Task AnswerAsync(HttpContext http, Func<ProxyDesk, ValueTask<MedIdResult<ProxyRelation>>> act)
    {
        if (http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var done = await act(http.RequestServices.GetRequiredService<ProxyDesk>());
        http.Response.StatusCode = done.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await http.Response.WriteAsJsonAsync(
            done.Succeeded ? new Dictionary<string, string>(StringComparer.Ordinal) { ["relation"] = done.Value.Id } : new(StringComparer.Ordinal) { ["code"] = done.Error.Code },
            http.RequestAborted);
    }
}
