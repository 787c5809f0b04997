using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

/// <summary>The test vectors of the WebAuthn standard itself.</summary>
internal static class OfficialVectors
{
    public const string Published = "w3c.github.io/webauthn/#sctn-test-vectors (W3C Software and Document License)";

    public static JsonElement Read()
    {
        var path = TestVectors.RequireVectors("webauthn/official-w3c-webauthn-l3.json", Published);
        return JsonElement.Parse(File.ReadAllBytes(path));
    }

    public static IEnumerable<JsonElement> Vectors() => Read().GetProperty("vectors").EnumerateArray();

    public static JsonElement Find(string name) => Vectors().Single(vector => string.Equals(Text(vector, "name"), name, StringComparison.Ordinal));

    public static byte[] Hex(JsonElement element, string member) => Convert.FromHexString(Text(element, member));

    public static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
