namespace MedId.Fido.Uaf;

/// <summary>What the client saw of the TLS channel: <c>ChannelBinding</c>. Every member may be absent. UAF 1.1 protocol §3.1.</summary>
public sealed record ChannelBinding
{
    /// <summary><c>serverEndPoint</c>: base64url of RFC 5929 <c>tls-server-end-point</c>.</summary>
    public string? ServerEndPoint { get; init; }

    /// <summary><c>tlsServerCertificate</c>: base64url of the server certificate's DER.</summary>
    public string? TlsServerCertificate { get; init; }

    /// <summary><c>tlsUnique</c>: base64url of RFC 5929 <c>tls-unique</c>; does not exist in TLS 1.3.</summary>
    public string? TlsUnique { get; init; }

    /// <summary><c>cid_pubkey</c>: TLS ChannelID, which no client of today has.</summary>
    public string? CidPublicKey { get; init; }

    internal static ChannelBinding Read(UafJsonObject members) => new()
    {
        ServerEndPoint = members.OptionalText("serverEndPoint", 1, UafLimits.FinalChallengeParamsCharacters),
        TlsServerCertificate = members.OptionalText("tlsServerCertificate", 1, UafLimits.FinalChallengeParamsCharacters),
        TlsUnique = members.OptionalText("tlsUnique", 1, UafLimits.FinalChallengeParamsCharacters),
        CidPublicKey = members.OptionalText("cid_pubkey", 1, UafLimits.FinalChallengeParamsCharacters),
    };
}
