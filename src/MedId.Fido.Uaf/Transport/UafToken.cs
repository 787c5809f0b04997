using System.Text.Json;

namespace MedId.Fido.Uaf;

/// <summary><c>Token</c> that the app gets with an accepted answer. UAF 1.1 client-api-transport §3.</summary>
/// <param name="Type"><c>HTTP_COOKIE</c>, <c>OAUTH</c>, <c>OAUTH2</c>, <c>SAML1_1</c>, <c>SAML2</c>, <c>JWT</c> or <c>OPENID_CONNECT</c>.</param>
/// <param name="Value">The token: a secret.</param>
public sealed record UafToken(string Type, string Value)
{
    /// <summary>The type without the value.</summary>
    public override string ToString() => $"UafToken {Type}";

    internal static UafToken Read(JsonElement element, UafJsonProblems problems)
    {
        var members = new UafJsonObject(element, "additionalTokens", problems);
        return new UafToken(members.Text("type", 1, 32), members.Text("value", 1, UafLimits.MessageBytes));
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteString("value", Value);
        writer.WriteEndObject();
    }
}
