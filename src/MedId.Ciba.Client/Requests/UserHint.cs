using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>Who the request is about: exactly one of the three hints of CIBA Core §7.1. Its text form does not show the value.</summary>
public sealed record UserHint
{
    private UserHint(string parameter, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Parameter = parameter;
        Value = value;
    }

    /// <summary>The parameter's name.</summary>
    public string Parameter { get; }

    /// <summary>The parameter's value. Personal data.</summary>
    public string Value { get; }

    /// <summary>An ID token that this OP gave to this client earlier; it may have expired. The preferred hint: it says nothing new about the patient.</summary>
    /// <param name="idToken">The compact JWS, decrypted.</param>
    public static UserHint IdToken(string idToken) => new(OAuthParameters.IdTokenHint, idToken);

    /// <summary>A token by which the patient is identified, in a form that the OP defines.</summary>
    /// <param name="token">The token.</param>
    public static UserHint LoginHintToken(string token) => new(OAuthParameters.LoginHintToken, token);

    /// <summary>Something that the patient told: a number, a login name. Goes with <see cref="BackchannelRequest.UserCode"/>.</summary>
    /// <param name="hint">The hint.</param>
    public static UserHint LoginHint(string hint) => new(OAuthParameters.LoginHint, hint);

    /// <inheritdoc/>
    public override string ToString() => Parameter;
}
