using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>ReturnUAFRequest</c>: the server gives a request. UAF 1.1 client-api-transport §3.</summary>
public sealed record ReturnUafRequest
{
    /// <summary><c>statusCode</c>; see <see cref="UafStatusCodes"/>.</summary>
    public required int StatusCode { get; init; }

    /// <summary><c>uafRequest</c>: the JSON array as a string; null with a refusal.</summary>
    public string? UafRequest { get; init; }

    /// <summary><c>op</c>; null when absent.</summary>
    public UafOperation? Operation { get; init; }

    /// <summary><c>lifetimeMillis</c>; null when absent.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Reads the body of the answer.</summary>
    /// <param name="utf8">The JSON object.</param>
    /// <returns>The message, or <c>uaf.transport_malformed</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<ReturnUafRequest> Parse(ReadOnlyMemory<byte> utf8) => UafTransport.Read(utf8, members =>
    {
        var operation = members.OptionalText("op", 1, 16);
        return new ReturnUafRequest
        {
            StatusCode = (int)members.Number("statusCode", 9999),
            UafRequest = members.OptionalText("uafRequest", 1, UafLimits.MessageBytes),
            Operation = operation is null ? null : UafJson.OperationName(operation),
            Lifetime = members.OptionalNumber("lifetimeMillis", uint.MaxValue) is { } lifetime ? TimeSpan.FromMilliseconds(lifetime) : null,
        };
    });

    /// <summary>The JSON object.</summary>
    public string ToJson() => UafTransport.Write(writer =>
    {
        writer.WriteNumber("statusCode", StatusCode);
        UafTransport.WriteOptional(writer, "uafRequest", UafRequest);
        if (Operation is { } operation)
        {
            writer.WriteString("op", UafJson.OperationText(operation));
        }

        if (Lifetime is { } lifetime)
        {
            writer.WriteNumber("lifetimeMillis", (long)lifetime.TotalMilliseconds);
        }
    });
}
