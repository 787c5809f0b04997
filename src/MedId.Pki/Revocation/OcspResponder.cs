namespace MedId.Pki;

/// <summary>Who signed a response.</summary>
/// <param name="Kind">By what right.</param>
/// <param name="ByKey">Whether the response names it by its key; by its name otherwise.</param>
/// <param name="Certificate">The certificate of its key; null when the issuer is known by name and key alone.</param>
public sealed record OcspResponder(OcspResponderKind Kind, bool ByKey, Certificate? Certificate);
