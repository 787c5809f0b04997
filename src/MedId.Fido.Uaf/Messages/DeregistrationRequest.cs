using System.Collections.Immutable;
using System.Text.Json;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>DeregistrationRequest</c>: tells the client which keys it may forget. UAF 1.1 protocol §3.6. There is no response.</summary>
/// <remarks>The server deletes its own record first, for a caller that it has authenticated; the message is a courtesy to the device.</remarks>
public sealed record DeregistrationRequest
{
    /// <summary><c>header</c>.</summary>
    public required OperationHeader Header { get; init; }

    /// <summary><c>authenticators</c>.</summary>
    public required IReadOnlyList<DeregisterAuthenticator> Authenticators { get; init; }

    /// <summary>Reads the array of a request message, one entry a version.</summary>
    /// <param name="json">The message.</param>
    /// <returns>The entries of the versions that this library speaks, or the refusal.</returns>
    public static MedIdResult<ImmutableArray<DeregistrationRequest>> Parse(string json) =>
        UafMessages.ReadAll(json, UafOperation.Deregistration, UafSections.Dictionaries, (header, members) =>
        {
            var authenticators = members.List("authenticators", DeregisterAuthenticator.Read, required: true);
            if (header.Version == UafVersion.V10 && authenticators.Any(entry => entry.KeyId is null))
            {
                members.Problems.Add("authenticators", "UAF 1.0 names every key");
            }

            return new DeregistrationRequest { Header = header, Authenticators = authenticators };
        });

    /// <summary>Which of some registrations the request names, so that they are to be deleted.</summary>
    /// <param name="registrations">The registrations of one user for the application.</param>
    public IReadOnlyList<UafRegistration> Select(IEnumerable<UafRegistration> registrations)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        return [.. registrations.Where(registration => Authenticators.Any(entry =>
            (entry.Aaid is null || entry.Aaid == registration.Aaid) && (entry.KeyId is null || entry.KeyId == registration.KeyId)))];
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteHeader(Header);
        writer.WriteStartArray("authenticators");
        foreach (var authenticator in Authenticators)
        {
            writer.WriteStartObject();
            writer.WriteString("aaid", authenticator.Aaid?.ToString() ?? string.Empty);
            writer.WriteString("keyID", authenticator.KeyId?.Value ?? string.Empty);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
