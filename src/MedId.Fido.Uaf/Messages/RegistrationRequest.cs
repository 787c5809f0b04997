using System.Collections.Immutable;
using System.Text.Json;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>RegistrationRequest</c>. UAF 1.1 protocol §3.4.</summary>
public sealed record RegistrationRequest
{
    /// <summary><c>header</c>.</summary>
    public required OperationHeader Header { get; init; }

    /// <summary><c>challenge</c>: base64url of 8 to 64 random bytes.</summary>
    public required string Challenge { get; init; }

    /// <summary><c>username</c>: shown to the user to tell accounts apart; 1 to 128 characters.</summary>
    public required string Username { get; init; }

    /// <summary><c>policy</c>.</summary>
    public required UafPolicy Policy { get; init; }

    /// <summary>Reads the array of a request message, one entry a version.</summary>
    /// <param name="json">The message.</param>
    /// <returns>The entries of the versions that this library speaks, or the refusal.</returns>
    public static MedIdResult<ImmutableArray<RegistrationRequest>> Parse(string json) =>
        UafMessages.ReadAll(json, UafOperation.Registration, UafSections.Dictionaries, (header, members) => new RegistrationRequest
        {
            Header = header,
            Challenge = UafMessages.ReadChallenge(members),
            Username = members.Text("username", 1, UafLimits.Username),
            Policy = UafPolicyJson.Read(members.Object("policy")),
        });

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteHeader(Header);
        writer.WriteString("challenge", Challenge);
        writer.WriteString("username", Username);
        writer.WritePropertyName("policy");
        UafPolicyJson.Write(writer, Policy);
        writer.WriteEndObject();
    }
}
