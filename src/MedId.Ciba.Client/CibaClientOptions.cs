using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>What a CIBA client needs to know of itself and of its OP.</summary>
public sealed class CibaClientOptions
{
    /// <summary>The longest that a signed request may be good for (FAPI-CIBA §5.2.2: 60 minutes).</summary>
    public static readonly TimeSpan MaxRequestLifetime = TimeSpan.FromMinutes(60);

    /// <summary>The OP's issuer identifier.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Who the client is at that OP.</summary>
    public IClientCredential? Credential { get; set; }

    /// <summary>Signs the requests (CIBA Core §7.1.1); null sends plain parameters, which only clients registered so may do.</summary>
    public SigningKey? RequestSigningKey { get; set; }

    /// <summary>How long a signed request is good for.</summary>
    /// <value>5 minutes; more than nothing, at most <see cref="MaxRequestLifetime"/>.</value>
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether an ID token must have one of the requested <c>acr_values</c>. Without requested values nothing is compared.</summary>
    /// <value>True.</value>
    public bool RequireAcr { get; set; } = true;

    /// <summary>How far the two clocks may differ.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ClockSkew { get; set; } = JwtExpectations.DefaultClockSkew;

    /// <summary>The algorithms of ID tokens, by time.</summary>
    /// <value><see cref="AlgorithmPolicy.Default"/>.</value>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    /// <summary>Limits of HTTP. For an OP that holds polls, set its timeout to more than the hold.</summary>
    public ProtocolHttpOptions Http { get; set; } = new();

    /// <summary>Says what is missing or goes against something else; empty when the options are complete.</summary>
    public IEnumerable<string> FindMistakes()
    {
        if (!EndpointUrl.Parse(Issuer, Http.AllowHttpOnLoopback).Succeeded)
        {
            yield return $"{nameof(Issuer)} is not an https URL; for http on loopback set {nameof(Http)}.{nameof(ProtocolHttpOptions.AllowHttpOnLoopback)}.";
        }

        if (Credential is null)
        {
            yield return $"{nameof(Credential)} is missing: set a {nameof(PrivateKeyJwtCredential)} or a {nameof(ClientSecretBasicCredential)}.";
        }

        if (RequestLifetime <= TimeSpan.Zero || RequestLifetime > MaxRequestLifetime)
        {
            yield return $"{nameof(RequestLifetime)} is more than nothing and at most {MaxRequestLifetime}.";
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(ClockSkew)} is from nothing to five minutes.";
        }
    }
}
