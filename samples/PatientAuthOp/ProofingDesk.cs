using System.Net;
using System.Text.Json;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Stands in for the desk that proofed the person: gives enrolment tickets, to callers on this machine only.</summary>
internal static class ProofingDesk
{
    public static void Map(WebApplication app) => app.MapPost("/sample/tickets", async (HttpContext http) =>
    {
        if (http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var options = http.RequestServices.GetRequiredService<ProviderOptions>();
        var desk = asked.RootElement.TryGetProperty("lifetime", out var lifetime)
            ? new EnrolmentDesk(http.RequestServices.GetRequiredService<IProviderStore>(), new ProviderOptions { Tenant = options.Tenant, TicketLifetime = TimeSpan.FromSeconds(lifetime.GetInt32()) }, http.RequestServices.GetRequiredService<TimeProvider>())
            : http.RequestServices.GetRequiredService<EnrolmentDesk>();
        var ticket = await desk.IssueTicketAsync(asked.RootElement.GetProperty("account").GetString()!, http.RequestAborted);
        http.Response.StatusCode = ticket.Succeeded ? StatusCodes.Status201Created : StatusCodes.Status409Conflict;
        await http.Response.WriteAsJsonAsync(
            ticket.Succeeded ? new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Value } : new(StringComparer.Ordinal) { ["code"] = ticket.Error.Code },
            http.RequestAborted);
    });
}
