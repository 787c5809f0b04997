using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Samples.IdentityProofing;

/// <summary>An answer of the OP.</summary>
internal sealed record SampleAnswer(HttpStatusCode Status, JsonElement Json)
{
    public bool Succeeded => (int)Status < 300;

    /// <summary>The refusal's code, wherever the protocol at hand has a place for it; null where nothing was refused.</summary>
    public string? Code => Succeeded ? null
        : Json.TryGetProperty("code", out var code) || Json.TryGetProperty("error_description", out code) ? code.GetString() : Status.ToString();

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public byte[] Bytes(string name) => StrictBase64Url.TryDecode(Text(name), out var bytes) ? bytes : [];

    public static async Task<SampleAnswer> PostAsync(HttpClient http, string url, JsonObject message)
    {
        using var content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(url, content);
        return await ReadAsync(answer);
    }

    public static async Task<SampleAnswer> ReadAsync(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return new(answer.StatusCode, JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes).RootElement);
    }
}
