using MedId.Core;

namespace MedId.Ciba.Server;

/// <summary>What a verified <c>login_hint_token</c> says.</summary>
/// <param name="Issuer">Who says it.</param>
/// <param name="Identifier">Whom it names.</param>
/// <param name="ReplayKey">What is consumed once; null for a token that may be used again until it ends.</param>
public sealed record VerifiedLoginHint(string Issuer, SubjectIdentifier Identifier, ReplayKey? ReplayKey)
{
    /// <summary>The issuer; never the person.</summary>
    public override string ToString() => Issuer;
}
