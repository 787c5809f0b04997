using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Provider;

/// <summary>The body of a client's setting.</summary>
internal static class RegisteredClientJson
{
    // Stands for secrets that are kept as digests, so that the reader of registrations is content; it is never a secret of anybody.
    private static readonly string Placeholder = new('-', 64);

    public static string Write(RegisteredClient client)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("registration");
            client.Registration.WriteTo(json);
            json.WriteStartArray("secrets");
            foreach (var secret in client.Secrets)
            {
                json.WriteStartObject();
                json.WriteString("digest", secret.Digest);
                if (secret.Until is { } until)
                {
                    json.WriteString("until", until.ToUniversalTime());
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (client.SharedSecret is { } shared)
            {
                json.WriteString("shared_secret", shared);
            }

            json.WriteBoolean("suspended", client.IsSuspended);
            if (client.AgainSince is { } again)
            {
                json.WriteString("again_since", again.ToUniversalTime());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <exception cref="InvalidDataException">The body is of another form: a store that gives back something else is broken.</exception>
    public static RegisteredClient Read(Setting setting)
    {
        var parsed = StrictJson.ParseObject(Encoding.UTF8.GetBytes(setting.Body), maxBytes: 256 * 1024);
        if (!parsed.Succeeded || !parsed.Value.TryGetProperty("registration", out var registration) || registration.ValueKind != JsonValueKind.Object
            || !parsed.Value.TryGetProperty("secrets", out var secrets) || secrets.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("A client in the settings is not of the form that was written.");
        }

        return new()
        {
            ClientId = setting.Id,
            Registration = registration,
            Secrets = [.. secrets.EnumerateArray().Select(static one => new StoredSecret(one.GetProperty("digest").GetString()!, one.TryGetProperty("until", out var until) ? until.GetDateTimeOffset() : null))],
            SharedSecret = parsed.Value.TryGetProperty("shared_secret", out var shared) ? shared.GetString() : null,
            IsSuspended = parsed.Value.TryGetProperty("suspended", out var suspended) && suspended.ValueKind == JsonValueKind.True,
            AgainSince = parsed.Value.TryGetProperty("again_since", out var again) ? again.GetDateTimeOffset() : null,
            IsRemoved = setting.Removed,
            Version = setting.Version,
            ChangedAt = setting.ChangedAt,
        };
    }

    /// <summary>Reads the standards' members of a registration that holds no secret.</summary>
    public static MedIdResult<ClientMetadata> ReadMetadata(JsonElement registration)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in registration.EnumerateObject().Where(static member => member.Name is not ("resources" or "served_resources")))
            {
                member.WriteTo(json);
            }

            if (UsesSecret(registration))
            {
                json.WriteString("client_secret", Placeholder);
            }

            json.WriteEndObject();
        }

        return ClientMetadata.Parse(buffer.ToArray()).Then<ClientMetadata>(static read => read with { ClientSecret = null });
    }

    /// <summary>Whether the method is one of those with a secret; it is where none is named (RFC 7591 §2).</summary>
    public static bool UsesSecret(JsonElement registration) =>
        !registration.TryGetProperty("token_endpoint_auth_method", out var method) || (method.ValueKind == JsonValueKind.String && method.GetString()!.StartsWith("client_secret_", StringComparison.Ordinal));

    /// <summary>Whether the method computes with the secret, so that a digest of it is not enough.</summary>
    public static bool ComputesWithSecret(JsonElement registration) =>
        registration.TryGetProperty("token_endpoint_auth_method", out var method) && method.ValueKind == JsonValueKind.String && method.GetString() == "client_secret_jwt";

    public static IReadOnlyList<string> List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(static one => one.ValueKind == JsonValueKind.String ? one.GetString()! : string.Empty)]
            : [];
}
