using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>What a protocol endpoint needs of a POST: the form and the headers that count.</summary>
public sealed record OAuthRequest
{
    /// <summary>The tenant whose endpoint was called.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The body.</summary>
    public required OAuthForm Form { get; init; }

    /// <summary>The <c>Authorization</c> header; null when absent. A request with two of them is refused by the roof.</summary>
    public string? Authorization { get; init; }

    /// <summary>The <c>Accept</c> header, several joined by a comma; null when absent.</summary>
    public string? Accept { get; init; }

    /// <summary>The <c>DPoP</c> header; null when absent. A request with two of them is refused by the roof (RFC 9449 §4.3 step 1).</summary>
    public string? DPoP { get; init; }

    /// <summary>The certificate that the client proved at the TLS layer; null when there was none.</summary>
    public PresentedCertificate? Certificate { get; init; }

    /// <summary>The network address that the request came from, as text; null when it is not known. It counts failures and goes nowhere else.</summary>
    public string? Address { get; init; }

    /// <summary>The names of the parameters; never a value or a header.</summary>
    public override string ToString() => $"{Tenant}: {Form}";
}
