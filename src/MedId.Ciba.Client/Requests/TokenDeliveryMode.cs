namespace MedId.Ciba.Client;

/// <summary>How this client was registered to get its tokens (CIBA Core §5). A client has one mode.</summary>
public enum TokenDeliveryMode
{
    /// <summary>The client asks until there is a decision.</summary>
    Poll,

    /// <summary>The OP says that there is a decision, the client then asks.</summary>
    Ping,

    /// <summary>The OP sends the tokens. Not allowed with FAPI.</summary>
    Push,
}
