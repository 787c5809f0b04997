using System.Text;
using System.Text.Json;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <summary>A UAF act that the phone is asked for: ReturnUAFRequest, with what the phone needs to recognise the challenge.</summary>
public sealed record ActRequest
{
    /// <summary>The UAF request, the JSON array as a string.</summary>
    public required string UafRequest { get; init; }

    /// <summary>Registration or authentication.</summary>
    public required UafOperation Operation { get; init; }

    /// <summary>How long the act is waited for.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The nonce of <see cref="Challenge"/>.</summary>
    public required string Nonce { get; init; }

    /// <summary>The canonical choice, for the last act.</summary>
    public string? Choice { get; init; }

    /// <summary>The digest of notice and choice, for the last act.</summary>
    public string? Digest { get; init; }

    /// <summary>The JSON that goes to the phone.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode", UafStatusCodes.Ok);
            json.WriteString("uafRequest", UafRequest);
            json.WriteString("op", Operation == UafOperation.Registration ? "Reg" : "Auth");
            json.WriteNumber("lifetimeMillis", (long)Lifetime.TotalMilliseconds);
            json.WriteString("nonce", Nonce);
            if (Choice is not null)
            {
                json.WriteString("choice", Choice);
            }

            if (Digest is not null)
            {
                json.WriteString("digest", Digest);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
