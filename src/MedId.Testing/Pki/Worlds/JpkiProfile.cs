namespace MedId.Testing;

/// <summary>The OIDs of a JPKI-shaped hierarchy. Those of phones and of the test hierarchy's authentication certificates are not published: the defaults are of the example arc 2.999.</summary>
public sealed record JpkiProfile
{
    /// <summary>The policy of certificates for signing in the production hierarchy.</summary>
    public string SigningPolicy { get; init; } = "1.2.392.200149.8.5.1.1.20";

    /// <summary>The policy of certificates for user authentication in the production hierarchy.</summary>
    public string AuthenticationPolicy { get; init; } = "1.2.392.200149.8.5.1.3.30";

    /// <summary>The policy of test cards' certificates for signing.</summary>
    public string TestSigningPolicy { get; init; } = "1.2.392.200149.8.5.1.0.20";

    /// <summary>The policy of test cards' certificates for user authentication: unknown, an example.</summary>
    public string TestAuthenticationPolicy { get; init; } = "2.999.392.8.5.1.0.30";

    /// <summary>The policy of phones' certificates for signing: unknown, an example.</summary>
    public string PhoneSigningPolicy { get; init; } = "2.999.392.8.5.1.4.20";

    /// <summary>The policy of phones' certificates for user authentication: unknown, an example.</summary>
    public string PhoneAuthenticationPolicy { get; init; } = "2.999.392.8.5.1.4.30";
}
