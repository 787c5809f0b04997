using System.Text;
using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>An answer as it came, with every header.</summary>
internal sealed record LabAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string this[string member] => (string?)Json[member] ?? throw new InvalidOperationException($"no {member} in {Status} {Text}");

    public static async Task<LabAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = string.Join(", ", values);
        }

        return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    public LabAnswer Expect(int status) => Status == status ? this : throw new InvalidOperationException($"expected {status}, got {Status} {Text}");
}
