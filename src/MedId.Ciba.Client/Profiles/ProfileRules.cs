using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>What a profile asks of options, requests and ID tokens, as facts of the profile. Pure.</summary>
internal static class ProfileRules
{
    private static readonly SignatureAlgorithm[] Fapi1 = [SignatureAlgorithm.PS256, SignatureAlgorithm.ES256];
    private static readonly SignatureAlgorithm[] Fapi2 = [SignatureAlgorithm.PS256, SignatureAlgorithm.ES256, SignatureAlgorithm.Ed25519];

    public static bool IsFapi(CibaClientProfile profile) => profile is CibaClientProfile.FapiCibaId1 or CibaClientProfile.FapiCiba2;

    /// <summary>FAPI 1.0 Advanced §8.6, FAPI 2.0 §5.4: everything that is signed.</summary>
    public static bool Allows(CibaClientProfile profile, SignatureAlgorithm algorithm) => profile switch
    {
        CibaClientProfile.FapiCibaId1 => Fapi1.Contains(algorithm),
        CibaClientProfile.FapiCiba2 => Fapi2.Contains(algorithm),
        _ => true,
    };

    /// <summary>The policy of ID tokens with nothing in it that the profile does not allow.</summary>
    public static AlgorithmPolicy Narrow(CibaClientProfile profile, AlgorithmPolicy policy) =>
        SignatureAlgorithm.All.Where(algorithm => !Allows(profile, algorithm)).Aggregate(policy, (narrowed, algorithm) => narrowed.Forbid(SignatureUse.IdToken, algorithm));

    /// <summary>What goes against the profile; every mistake at once.</summary>
    public static IEnumerable<string> FindMistakes(CibaClientOptions options)
    {
        var profile = options.Profile;
        if (!IsFapi(profile))
        {
            yield break;
        }

        // FAPI-CIBA §5.2.2: no push.
        if (options.DeliveryMode == TokenDeliveryMode.Push)
        {
            yield return $"{profile} does not allow {nameof(TokenDeliveryMode.Push)}.";
        }

        // FAPI-CIBA Implementer's Draft 1 §5.2.2: signed requests only; draft 03 with FAPI 2.0 leaves it open.
        if (profile == CibaClientProfile.FapiCibaId1 && options.RequestSigningKey is null)
        {
            yield return $"{profile} asks for signed requests: set {nameof(options.RequestSigningKey)}.";
        }

        if (options.RequestSigningKey is { } key && !Allows(profile, key.Algorithm))
        {
            yield return $"{profile} does not allow requests signed with {key.Algorithm}.";
        }

        if (options.Credential is not (null or PrivateKeyJwtCredential or TlsClientCredential))
        {
            yield return $"{profile} asks for {nameof(PrivateKeyJwtCredential)} or {nameof(TlsClientCredential)}, not for a shared secret.";
        }

        if (options.Credential is PrivateKeyJwtCredential { Algorithm: { } algorithm } && !Allows(profile, algorithm))
        {
            yield return $"{profile} does not allow client assertions signed with {algorithm}.";
        }

        // FAPI 1.0 Advanced §5.2.2: bound by mTLS; FAPI 2.0 §5.3.2.1: by mTLS or DPoP.
        if (!options.UsesMutualTls && (profile == CibaClientProfile.FapiCibaId1 || options.DpopKey is null))
        {
            yield return profile == CibaClientProfile.FapiCibaId1
                ? $"{profile} asks for tokens bound to a certificate: set {nameof(options.Certificate)}."
                : $"{profile} asks for bound tokens: set {nameof(options.DpopKey)} or {nameof(options.Certificate)}.";
        }

        if (options.DpopKey is { } dpop && !Allows(profile, dpop.Algorithm))
        {
            yield return $"{profile} does not allow proofs signed with {dpop.Algorithm}.";
        }

        if (options.Http.AllowHttpOnLoopback)
        {
            yield return $"{profile} asks for TLS everywhere: {nameof(options.Http)}.{nameof(ProtocolHttpOptions.AllowHttpOnLoopback)} is for development.";
        }

        if (!options.RequireAcr)
        {
            yield return $"{profile} asks to check the achieved acr: leave {nameof(options.RequireAcr)} on.";
        }
    }

    /// <summary>Why this request cannot be sent under the profile; null when it can. FAPI-CIBA §5.3: context, or a binding message, ties the request to the person.</summary>
    public static string? FindMistake(CibaClientProfile profile, BackchannelRequest request) =>
        IsFapi(profile) && request.BindingMessage is null && request.AuthorizationDetails is null
            ? $"{profile} asks for a binding message or authorization details."
            : null;
}
