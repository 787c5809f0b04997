using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>ServerResponse</c>: the outcome for the app. UAF 1.1 client-api-transport §3.</summary>
/// <remarks>HTTP stays 200 for refusals of UAF; <see cref="StatusCode"/> carries them. No token goes out with 1202.</remarks>
public sealed record ServerResponse
{
    /// <summary><c>statusCode</c>; see <see cref="UafStatusCodes"/>.</summary>
    public required int StatusCode { get; init; }

    /// <summary><c>description</c>; null when absent. Never personal data.</summary>
    public string? Description { get; init; }

    /// <summary><c>additionalTokens</c>.</summary>
    public IReadOnlyList<UafToken> AdditionalTokens { get; init; } = [];

    /// <summary><c>location</c>: where the app goes next; null when absent.</summary>
    public string? Location { get; init; }

    /// <summary><c>postData</c>; null when absent.</summary>
    public string? PostData { get; init; }

    /// <summary><c>newUAFRequest</c>: a further request; null when absent.</summary>
    public string? NewUafRequest { get; init; }

    /// <summary>Reads the body of the answer.</summary>
    /// <param name="utf8">The JSON object.</param>
    /// <returns>The message, or <c>uaf.transport_malformed</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<ServerResponse> Parse(ReadOnlyMemory<byte> utf8) => UafTransport.Read(utf8, members => new ServerResponse
    {
        StatusCode = (int)members.Number("statusCode", 9999),
        Description = members.OptionalText("description", 0, UafLimits.MessageBytes),
        AdditionalTokens = members.List("additionalTokens", UafToken.Read, mayBeEmpty: true),
        Location = members.OptionalText("location", 1, UafLimits.MessageBytes),
        PostData = members.OptionalText("postData", 0, UafLimits.MessageBytes),
        NewUafRequest = members.OptionalText("newUAFRequest", 1, UafLimits.MessageBytes),
    });

    /// <summary>The JSON object.</summary>
    public string ToJson() => UafTransport.Write(writer =>
    {
        writer.WriteNumber("statusCode", StatusCode);
        UafTransport.WriteOptional(writer, "description", Description);
        if (AdditionalTokens.Count > 0)
        {
            writer.WriteStartArray("additionalTokens");
            foreach (var token in AdditionalTokens)
            {
                token.Write(writer);
            }

            writer.WriteEndArray();
        }

        UafTransport.WriteOptional(writer, "location", Location);
        UafTransport.WriteOptional(writer, "postData", PostData);
        UafTransport.WriteOptional(writer, "newUAFRequest", NewUafRequest);
    });
}
