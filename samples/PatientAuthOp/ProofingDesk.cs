using System.Net;
using System.Text.Json;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>
/// Stands in for the desk that proofed the person: gives enrolment tickets (<c>account</c>, <c>lifetime</c>?, <c>level</c>?, <c>replaces</c>?) and takes reports of loss, from callers on
/// this machine only.
/// </summary>
internal static class ProofingDesk
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/sample/tickets", IssueAsync);
        app.MapPost("/sample/losses", ReportLossAsync);
    }

    /// <summary>A person without any device tells the desk that their newest one is lost (<c>account</c>).</summary>
    private static async Task ReportLossAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var account = asked.RootElement.GetProperty("account").GetString()!;
        var tenant = http.RequestServices.GetRequiredService<ProviderOptions>().Tenant;
        var devices = await http.RequestServices.GetRequiredService<IProviderStore>().ListDevicesAsync(tenant, account, http.RequestAborted);
        var lost = await http.RequestServices.GetRequiredService<LifeCycleDesk>().ChangeDeviceAsync(
            account, devices.Count > 0 ? devices[0].Id : string.Empty, DeviceEvent.ReportLost, LifeCycleActor.Clerk("sample-clerk", "sample-desk"), cancellationToken: http.RequestAborted);
        http.Response.StatusCode = lost.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await http.Response.WriteAsJsonAsync(
            lost.Succeeded ? new Dictionary<string, string>(StringComparer.Ordinal) { ["device"] = lost.Value.Id } : new(StringComparer.Ordinal) { ["code"] = lost.Error.Code },
            http.RequestAborted);
    }

    private static async Task IssueAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var options = http.RequestServices.GetRequiredService<ProviderOptions>();
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var desk = asked.RootElement.TryGetProperty("lifetime", out var lifetime)
            ? new EnrolmentDesk(http.RequestServices.GetRequiredService<IProviderStore>(), new ProviderOptions { Tenant = options.Tenant, TicketLifetime = TimeSpan.FromSeconds(lifetime.GetInt32()) }, time)
            : http.RequestServices.GetRequiredService<EnrolmentDesk>();
        var level = asked.RootElement.TryGetProperty("level", out var stated) ? Enum.Parse<ProofingLevel>(stated.GetString()!, ignoreCase: true) : ProofingLevel.Substantial;
        var proofing = new ProofingRecord { Method = ProofingRecord.ReceptionDesk, Level = level, At = time.GetUtcNow(), InstitutionId = "sample-desk", ClerkId = "sample-clerk" };
        var replaces = asked.RootElement.TryGetProperty("replaces", out var old) ? old.GetString() : null;
        var ticket = await desk.IssueTicketAsync(asked.RootElement.GetProperty("account").GetString()!, proofing, replaces, http.RequestAborted);
        http.Response.StatusCode = ticket.Succeeded ? StatusCodes.Status201Created : StatusCodes.Status409Conflict;
        await http.Response.WriteAsJsonAsync(
            ticket.Succeeded ? new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Value } : new(StringComparer.Ordinal) { ["code"] = ticket.Error.Code },
            http.RequestAborted);
    }
}
