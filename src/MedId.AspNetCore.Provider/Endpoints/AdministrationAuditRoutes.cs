using System.Globalization;
using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Routing;

namespace MedId.AspNetCore.Provider;

/// <summary>The audit trail: pages of FHIR AuditEvent, and what was found out about the chain.</summary>
internal static class AdministrationAuditRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        AdministrationRoutes.Read(group, "/audit-events", AdministrationVerbs.ReadAudit, EventsAsync, AuditEventKind.AuditRead);
        AdministrationRoutes.Read(group, "/audit-report", AdministrationVerbs.ReadAudit, ReportAsync, AuditEventKind.AuditRead);
    }

    private static async ValueTask<AdministrationAnswer> EventsAsync(AdministrationCall call)
    {
        var (from, limit) = (call.Number("from", 1, 1, long.MaxValue), call.Number("limit", AdministrationCall.DefaultPage, 1, AdministrationCall.MostPage));
        if ((from.Error ?? limit.Error) is { } wrong)
        {
            return AdministrationAnswer.Refused(wrong);
        }

        var options = call.Service<ProviderOptions>();
        var stored = await call.Service<IProviderStore>().ListAuditAsync(options.Tenant, from.Value, (int)limit.Value, call.Aborted).ConfigureAwait(false);

        // An entry that is broken ends the page: what comes after it proves nothing, and the report says where it is.
        List<AuditEntry> entries = [.. stored.Select(static one => AuditEntry.Parse(one.Bytes)).TakeWhile(static one => one.Succeeded).Select(static one => one.Value!)];
        var path = options.Issuer + AdministrationRoutes.Prefix + "/audit-events";
        return AdministrationAnswer.Object(json =>
        {
            json.WriteString("resourceType", "Bundle");
            json.WriteString("type", "searchset");
            json.WriteStartArray("link");
            Link("self", from.Value);
            if (entries.Count == limit.Value)
            {
                Link("next", from.Value + entries.Count);
            }

            json.WriteEndArray();
            json.WriteStartArray("entry");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("fullUrl", string.Create(CultureInfo.InvariantCulture, $"{path}/audit-{entry.Sequence}"));
                json.WritePropertyName("resource");
                FhirAuditEvents.Write(json, entry, options.Issuer);
                json.WriteEndObject();
            }

            json.WriteEndArray();

            void Link(string relation, long place)
            {
                json.WriteStartObject();
                json.WriteString("relation", relation);
                json.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"{path}?from={place}&limit={limit.Value}"));
                json.WriteEndObject();
            }
        }) with
        { ContentType = "application/fhir+json" };
    }

    private static async ValueTask<AdministrationAnswer> ReportAsync(AdministrationCall call)
    {
        var query = call.Http.Request.Query;
        AuditHead? kept = null;
        if (query.ContainsKey("length") || query.ContainsKey("digest") || query.ContainsKey("at"))
        {
            var length = call.Number("length", 0, 1, long.MaxValue);
            if (!length.Succeeded || query["digest"] is not [{ Length: 43 } digest] || query["at"] is not [{ } time]
                || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                return AdministrationAnswer.Refused(AdministrationRefusals.Malformed("length, digest and at of a head that was kept"));
            }

            kept = new(call.Service<ProviderOptions>().Tenant, length.Value, digest, at);
        }

        var report = await call.Service<AuditTrail>().VerifyAsync(kept, call.Aborted).ConfigureAwait(false);
        return AdministrationAnswer.Object(json =>
        {
            json.WriteBoolean("whole", report.IsWhole);
            json.WriteNumber("length", report.Head.Length);
            json.WriteString("digest", report.Head.Digest);
            if (report.Head.At is { } last)
            {
                json.WriteString("at", last.ToUniversalTime());
            }

            if (report.Error is { } error)
            {
                json.WriteString("code", error.Code);
                if (report.At is { } place)
                {
                    json.WriteNumber("place", place);
                }
            }
        });
    }
}
