using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Jpki.Certificates;

namespace MedId.Samples.IdentityProofing;

/// <summary>The application form of this sample: a JSON object, whose very bytes the card signs.</summary>
internal static class FormDocument
{
    private const string Date = "yyyy-MM-dd";

    public static byte[] Write(string name, string address, JpkiGender gender, DateOnly birthDate, string nonce) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["name"] = name,
        ["address"] = address,
        ["gender"] = gender == JpkiGender.Male ? "male" : "female",
        ["birth_date"] = birthDate.ToString(Date, CultureInfo.InvariantCulture),
        ["nonce"] = nonce,
    });

    /// <summary>Reads what was signed; null when it is no form.</summary>
    public static ApplicationForm? Read(ReadOnlyMemory<byte> signed)
    {
        var json = StrictJson.ParseObject(signed);
        return json.Succeeded
            ? new ApplicationForm
            {
                Name = Text(json.Value, "name"),
                Address = Text(json.Value, "address"),
                Gender = Text(json.Value, "gender") switch { "male" => JpkiGender.Male, "female" => JpkiGender.Female, _ => null },
                BirthDate = DateOnly.TryParseExact(Text(json.Value, "birth_date"), Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
                Nonce = Text(json.Value, "nonce"),
            }
            : null;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
