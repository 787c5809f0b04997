using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>A request to an endpoint of this server that takes an access token.</summary>
public sealed record ProtectedRequest
{
    /// <summary>The tenant whose endpoint was called.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The one <c>Authorization</c> header; null when absent, or when there are two.</summary>
    public string? Authorization { get; init; }

    /// <summary>Every <c>DPoP</c> header.</summary>
    public IReadOnlyList<string?> DPoP { get; init; } = [];

    /// <summary>The certificate that the client proved at the TLS layer; null when there was none.</summary>
    public PresentedCertificate? Certificate { get; init; }

    /// <summary>The tenant and method; never a header.</summary>
    public override string ToString() => $"{Tenant}: {Method}";
}
