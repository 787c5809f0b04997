namespace MedId.Ciba.Client;

/// <summary>By which rules a client behaves; they are checked together with its options when it is made.</summary>
public enum CibaClientProfile
{
    /// <summary>OpenID CIBA Core 1.0, with what this library refuses anyway.</summary>
    CibaCore,

    /// <summary>
    /// FAPI-CIBA Implementer's Draft 1 over FAPI 1.0 Advanced: signed requests, <c>private_key_jwt</c> or a client certificate, ES256 and PS256, tokens bound to a certificate,
    /// a binding message or other context in each request, the achieved acr checked, no push, no plain http.
    /// </summary>
    FapiCibaId1,

    /// <summary>FAPI-CIBA draft 03 over FAPI 2.0: as <see cref="FapiCibaId1"/>, but Ed25519 and DPoP too, and signing of requests is the deployment's choice.</summary>
    FapiCiba2,
}
