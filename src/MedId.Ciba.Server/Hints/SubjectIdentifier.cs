namespace MedId.Ciba.Server;

/// <summary>A person as a <c>login_hint_token</c> names them (RFC 9493).</summary>
/// <param name="Format"><c>iss_sub</c> or <c>opaque</c>.</param>
/// <param name="Issuer">For <c>iss_sub</c> the issuer; null for <c>opaque</c>.</param>
/// <param name="Value">For <c>iss_sub</c> the subject, for <c>opaque</c> the id.</param>
public sealed record SubjectIdentifier(string Format, string? Issuer, string Value)
{
    /// <summary><c>iss_sub</c> (RFC 9493 §3.2.3).</summary>
    public const string IssuerAndSubject = "iss_sub";

    /// <summary><c>opaque</c> (RFC 9493 §3.2.5).</summary>
    public const string Opaque = "opaque";

    /// <summary>The format; never the person.</summary>
    public override string ToString() => Format;
}
