namespace MedId.Ciba.Server;

/// <summary>How a client gets the tokens (<c>backchannel_token_delivery_mode</c>, CIBA Core §5).</summary>
public enum CibaDeliveryMode
{
    /// <summary>The client polls the token endpoint.</summary>
    Poll,

    /// <summary>The client is told that there is an answer, and fetches it from the token endpoint.</summary>
    Ping,

    /// <summary>The tokens are sent to the client.</summary>
    Push,
}
