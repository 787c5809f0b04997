using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MedId.AspNetCore.Provider;

/// <summary>The kill switch.</summary>
internal static class AdministrationSwitchRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        AdministrationRoutes.Read(group, "/switches", AdministrationVerbs.ReadSwitches, ListAsync);
        AdministrationRoutes.Change(group, "POST", "/switches", AdministrationVerbs.ChangeSwitches, OrderAsync);
    }

    private static async ValueTask<AdministrationAnswer> ListAsync(AdministrationCall call)
    {
        var lines = await call.Service<KillSwitchDesk>().ListAsync(call.Aborted).ConfigureAwait(false);
        return AdministrationAnswer.Object(json =>
        {
            json.WriteStartArray("switches");
            foreach (var line in lines)
            {
                KillSwitchJson.WriteTo(json, line);
            }

            json.WriteEndArray();
        });
    }

    private static async ValueTask<AdministrationAnswer> OrderAsync(AdministrationCall call)
    {
        if (call.Text("order", 8192) is not { } order)
        {
            return AdministrationAnswer.Refused(AdministrationRefusals.Malformed("order"));
        }

        var done = await call.Service<KillSwitchDesk>().OrderAsync(order, call.Actor, call.Aborted).ConfigureAwait(false);
        if (!done.Succeeded)
        {
            return AdministrationAnswer.Refused(done.Error);
        }

        var (line, waits) = done.Value;
        return AdministrationAnswer.Object(
            json =>
            {
                if (waits is { } until)
                {
                    json.WriteString("waits_until", until.ToUniversalTime());
                }

                json.WritePropertyName("line");
                KillSwitchJson.WriteTo(json, line);
            },
            status: waits is null ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}
