namespace MedId.Ciba.Server;

/// <summary>The three ways to name a person (CIBA Core §7.1).</summary>
public enum HintKind
{
    /// <summary><c>login_hint</c>: something that the person told the client. Anybody may know it.</summary>
    LoginHint,

    /// <summary><c>id_token_hint</c>: an ID token that this server gave this client before.</summary>
    IdTokenHint,

    /// <summary><c>login_hint_token</c>: somebody whom this server trusts names the person.</summary>
    LoginHintToken,
}
