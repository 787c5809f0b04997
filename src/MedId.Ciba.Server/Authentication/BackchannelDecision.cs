using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>What the OP decided about a request: keep it, with this beside it, or refuse it.</summary>
public sealed record BackchannelDecision
{
    private BackchannelDecision(string? context, OAuthRefusal? refusal)
    {
        Context = context;
        Refusal = refusal;
    }

    /// <summary>What is kept beside the request (<see cref="CibaRequest.Context"/>).</summary>
    public string? Context { get; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public OAuthRefusal? Refusal { get; }

    /// <summary>Take the request.</summary>
    /// <param name="context">JSON to keep beside it; personal, so stores encrypt it.</param>
    public static BackchannelDecision Accept(string? context) => new(context, null);

    /// <summary>Refuse the request.</summary>
    /// <param name="refusal">Why, and how the protocol says it: <see cref="CibaRefusals.AccessDenied"/>, <see cref="CibaRefusals.InvalidRequest"/>, or another error of CIBA Core §13.</param>
    public static BackchannelDecision Refuse(OAuthRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(null, refusal);
    }

    /// <summary>The outcome; nothing of the context.</summary>
    public override string ToString() => Refusal is null ? "accepted" : Refusal.Error.Code;
}
