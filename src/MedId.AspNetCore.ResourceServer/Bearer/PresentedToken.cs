using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>An access token as it came, and the scheme it came in: <c>Bearer</c> or <c>DPoP</c>.</summary>
internal sealed record PresentedToken(string Scheme, string Token)
{
    public bool IsDpop => ReferenceEquals(Scheme, TokenTypes.DPoP);

    public override string ToString() => Scheme;
}
