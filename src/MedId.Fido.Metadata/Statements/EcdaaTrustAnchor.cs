namespace MedId.Fido.Metadata;

/// <summary>An issuer's key for direct anonymous attestation: one item of <c>ecdaaTrustAnchors</c>, kept as it is written. FIDO metadata statement §3.8.</summary>
/// <param name="X"><c>X</c>, base64url.</param>
/// <param name="Y"><c>Y</c>, base64url.</param>
/// <param name="C"><c>c</c>, base64url.</param>
/// <param name="Sx"><c>sx</c>, base64url.</param>
/// <param name="Sy"><c>sy</c>, base64url.</param>
/// <param name="Curve"><c>G1Curve</c>: the curve's name.</param>
public sealed record EcdaaTrustAnchor(string X, string Y, string C, string Sx, string Sy, string Curve);
