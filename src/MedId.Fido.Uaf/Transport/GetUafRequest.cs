using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>GetUAFRequest</c>: the app asks for a request. UAF 1.1 client-api-transport §3.</summary>
public sealed record GetUafRequest
{
    /// <summary><c>op</c>; null when absent.</summary>
    public UafOperation? Operation { get; init; }

    /// <summary><c>previousRequest</c>: a request that could not be used; null when absent.</summary>
    public string? PreviousRequest { get; init; }

    /// <summary><c>context</c>: what the relying party defines, usually JSON in a string; null when absent.</summary>
    public string? Context { get; init; }

    /// <summary>Reads the body of the call.</summary>
    /// <param name="utf8">The JSON object.</param>
    /// <returns>The message, or <c>uaf.transport_malformed</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<GetUafRequest> Parse(ReadOnlyMemory<byte> utf8) => UafTransport.Read(utf8, members =>
    {
        var operation = members.OptionalText("op", 1, 16);
        if (operation is not null && UafJson.OperationName(operation) is null)
        {
            members.Problems.Add("op", "must be Reg, Auth or Dereg");
        }

        return new GetUafRequest
        {
            Operation = operation is null ? null : UafJson.OperationName(operation),
            PreviousRequest = members.OptionalText("previousRequest", 1, UafLimits.MessageBytes),
            Context = members.OptionalText("context", 0, UafLimits.MessageBytes),
        };
    });

    /// <summary>The JSON object.</summary>
    public string ToJson() => UafTransport.Write(writer =>
    {
        if (Operation is { } operation)
        {
            writer.WriteString("op", UafJson.OperationText(operation));
        }

        UafTransport.WriteOptional(writer, "previousRequest", PreviousRequest);
        UafTransport.WriteOptional(writer, "context", Context);
    });
}
