using MedId.Ciba.Server;

namespace MedId.Testing;

/// <summary>A request as the lab saw it.</summary>
internal sealed class LabRequest(CibaRequest request, BackchannelParameters? parameters)
{
    public string RequestId => request.Id;

    public string Digest => request.AuthReqIdDigest;

    public string ClientId => request.ClientId;

    public string AccountId => request.Subject;

    public DateTimeOffset CreatedAt => request.CreatedAt;

    public BackchannelParameters? Parameters => parameters;

    public IReadOnlyList<string> Scopes => request.Scopes;

    public string? BindingMessage => request.BindingMessage;

    public IReadOnlyList<string> AcrValues => request.AcrValues;

    public string? Resource => request.Resource;

    /// <summary>What the client holds, as soon as the acknowledgement has left.</summary>
    public string? AuthReqId { get; set; }

    public string Status { get; set; } = "pending";

    public override string ToString() => $"{RequestId} {Status}";
}
