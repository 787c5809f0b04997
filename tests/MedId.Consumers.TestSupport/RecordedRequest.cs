using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Consumers.TestSupport;

/// <summary>A request that reached the double.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path.</param>
/// <param name="Form">The form's parameters; empty for a GET.</param>
/// <param name="Authorization">The Authorization header; null when absent.</param>
/// <param name="Accept">The Accept header; null when absent.</param>
/// <param name="At">When it came, by the test's clock.</param>
public sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Form, string? Authorization, string? Accept, DateTimeOffset At)
{
    /// <summary>The one DPoP header; null when absent.</summary>
    public string? Dpop { get; init; }

    /// <summary>The claims of a JWT in the form, unverified.</summary>
    public JsonObject ClaimsOf(string parameter) => Part(parameter, 1);

    /// <summary>The header of a JWT in the form.</summary>
    public JsonObject HeaderOf(string parameter) => Part(parameter, 0);

    private JsonObject Part(string parameter, int index)
    {
        Assert.True(StrictBase64Url.TryDecode(Form[parameter].Split('.')[index], out var bytes));
        return JsonSerializer.Deserialize<JsonObject>(bytes)!;
    }
}
