using System.Collections.Immutable;
using System.Text.Json;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>AuthenticationRequest</c>. UAF 1.1 protocol §3.5.</summary>
public sealed record AuthenticationRequest
{
    /// <summary><c>header</c>.</summary>
    public required OperationHeader Header { get; init; }

    /// <summary><c>challenge</c>: base64url of 8 to 64 random bytes.</summary>
    public required string Challenge { get; init; }

    /// <summary><c>transaction</c>: alternative renderings of what is to be confirmed; empty when nothing is.</summary>
    public IReadOnlyList<UafTransaction> Transactions { get; init; } = [];

    /// <summary><c>policy</c>.</summary>
    public required UafPolicy Policy { get; init; }

    /// <summary>Reads the array of a request message, one entry a version.</summary>
    /// <param name="json">The message.</param>
    /// <param name="dangerouslyTolerate">Departures from the standard that are taken all the same. Default: none.</param>
    /// <returns>The entries of the versions that this library speaks, or the refusal.</returns>
    public static MedIdResult<ImmutableArray<AuthenticationRequest>> Parse(string json, UafLeniencies dangerouslyTolerate = UafLeniencies.None) =>
        UafMessages.ReadAll(json, UafOperation.Authentication, UafSections.Dictionaries, (header, members) => new AuthenticationRequest
        {
            Header = header,
            Challenge = UafMessages.ReadChallenge(members),
            Transactions = members.List("transaction", (element, problems) => UafTransaction.Read(element, problems, Tolerance.Of(dangerouslyTolerate))),
            Policy = UafPolicyJson.Read(members.Object("policy")),
        });

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteHeader(Header);
        writer.WriteString("challenge", Challenge);
        if (Transactions.Count > 0)
        {
            writer.WriteStartArray("transaction");
            foreach (var transaction in Transactions)
            {
                transaction.Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WritePropertyName("policy");
        UafPolicyJson.Write(writer, Policy);
        writer.WriteEndObject();
    }
}
