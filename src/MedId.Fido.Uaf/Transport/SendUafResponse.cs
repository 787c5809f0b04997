using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>SendUAFResponse</c>: the app hands the client's response in. UAF 1.1 client-api-transport §3.</summary>
public sealed record SendUafResponse
{
    /// <summary><c>uafResponse</c>: the JSON array as a string.</summary>
    public required string UafResponse { get; init; }

    /// <summary><c>context</c>: what the relying party defines; null when absent.</summary>
    public string? Context { get; init; }

    /// <summary>Reads the body of the call.</summary>
    /// <param name="utf8">The JSON object.</param>
    /// <returns>The message, or <c>uaf.transport_malformed</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<SendUafResponse> Parse(ReadOnlyMemory<byte> utf8) => UafTransport.Read(utf8, members => new SendUafResponse
    {
        UafResponse = members.Text("uafResponse", 1, UafLimits.MessageBytes),
        Context = members.OptionalText("context", 0, UafLimits.MessageBytes),
    });

    /// <summary>The JSON object.</summary>
    public string ToJson() => UafTransport.Write(writer =>
    {
        writer.WriteString("uafResponse", UafResponse);
        UafTransport.WriteOptional(writer, "context", Context);
    });
}
