using System.Text.Json;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>What was opened without asking, as the patient's device reads it.</summary>
internal static class ToldJson
{
    public static void Write(Utf8JsonWriter json, ToldAccess told, DateTimeOffset now)
    {
        json.WriteStartObject("told");
        json.WriteString("consent", told.Consent.Id);
        json.WriteString("status", HistoryJson.StatusOf(told.Consent, now));
        WriteGround(json, told.Consent.Ground!);
        json.WriteStartArray("granted");
        foreach (var scope in told.Consent.ScopesGranted)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("given_at", ConsentNotice.FormatTime(told.Consent.GivenAt));
        json.WriteString("access_until", ConsentNotice.FormatTime(told.Consent.AccessUntil));
        json.WriteEndObject();
    }

    /// <summary>On what it rests.</summary>
    public static void WriteGround(Utf8JsonWriter json, ConsentGround ground)
    {
        json.WriteStartObject("ground");
        json.WriteString("kind", GroundProtocols.Of(ground.Kind));
        WriteText("standing_consent", ground.StandingConsentId);
        WriteText("reason_code", ground.ReasonCode);
        WriteText("reason", ground.Reason);
        WriteText("legal_basis", ground.LegalBasis);
        json.WriteStartArray("evidence");
        foreach (var evidence in ground.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("kind", evidence.Kind);
            json.WriteString("issuer", evidence.Issuer);
            json.WriteString("digest", evidence.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void WriteText(string name, string? text)
        {
            if (text is not null)
            {
                json.WriteString(name, text);
            }
        }
    }
}
