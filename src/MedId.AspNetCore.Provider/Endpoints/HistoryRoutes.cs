using System.Globalization;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>The chained history with its receipt, for the person whose it is.</summary>
internal static class HistoryRoutes
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/device/consents/history", static (HttpContext http) => ReadAsync(http));

    private static async Task ReadAsync(HttpContext http)
    {
        var history = await http.RequestServices.GetRequiredService<ConsentReceipts>().ReadAsync(DeviceAnswers.Bearer(http), From(http.Request.Query["from"]), http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, history, Write).ConfigureAwait(false);
    }

    // What is no number is no place; the service refuses place 0.
    private static long From(Microsoft.Extensions.Primitives.StringValues from) => from switch
    {
        [] => 1,
        [{ } one] when long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var place) => place,
        _ => 0,
    };

    private static void Write(Utf8JsonWriter json, HeldHistory history)
    {
        json.WriteStartObject();
        json.WriteStartArray("entries");
        foreach (var entry in history.Entries)
        {
            // As a string: whoever keeps it keeps the bytes that were digested.
            json.WriteStringValue(Encoding.UTF8.GetString(entry.Span));
        }

        json.WriteEndArray();
        if (history.Next is { } next)
        {
            json.WriteNumber("next", next);
        }

        if (history.Receipt is { } receipt)
        {
            json.WriteString("receipt", Encoding.UTF8.GetString(receipt.ToBytes()));
        }

        json.WriteBoolean("receipt_due", history.ReceiptIsDue);
        json.WriteEndObject();
    }
}
