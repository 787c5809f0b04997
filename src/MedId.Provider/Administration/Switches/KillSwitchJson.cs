using System.Buffers;
using System.Text;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>The body of a switch's setting, and the form in which operators see it.</summary>
internal static class KillSwitchJson
{
    public static string Write(KillSwitch line)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteTo(json, line);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteTo(Utf8JsonWriter json, KillSwitch line)
    {
        json.WriteStartObject();
        json.WriteString("target", line.Target.ToString());
        json.WriteString("state", line.Engaged ? "engaged" : "released");
        if (line.Target.Kind == KillSwitchKind.Tokens)
        {
            json.WriteBoolean("issued_tokens", line.IncludesIssued);
        }

        json.WriteString("at", line.At.ToUniversalTime());
        json.WriteString("client_id", line.ClientId);
        json.WriteString("operator", line.OperatorId);
        if (line.FirstOperatorId is { } first)
        {
            json.WriteString("first_operator", first);
        }

        json.WriteString("reason", line.Reason);
        json.WriteString("order", line.Order);
        json.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">The body is of another form: a store that gives back something else is broken.</exception>
    public static KillSwitch Read(Setting setting)
    {
        var parsed = StrictJson.ParseObject(Encoding.UTF8.GetBytes(setting.Body), maxDepth: 2);
        if (!parsed.Succeeded || KillSwitchTarget.Parse(Text("target")) is not { } target || !parsed.Value.TryGetProperty("at", out var time) || !time.TryGetDateTimeOffset(out var at))
        {
            throw new InvalidDataException("A switch in the settings is not of the form that was written.");
        }

        return new()
        {
            Target = target,
            Engaged = Text("state") != "released",
            IncludesIssued = parsed.Value.TryGetProperty("issued_tokens", out var issued) && issued.ValueKind == JsonValueKind.True,
            At = at,
            ClientId = Text("client_id") ?? string.Empty,
            OperatorId = Text("operator") ?? string.Empty,
            FirstOperatorId = Text("first_operator"),
            Reason = Text("reason") ?? string.Empty,
            Order = Text("order") ?? string.Empty,
            Version = setting.Version,
        };

        string? Text(string name) => parsed.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
