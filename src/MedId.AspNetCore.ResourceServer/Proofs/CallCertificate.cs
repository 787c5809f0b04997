using MedId.Core;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>The certificate that the caller proved at the TLS layer: to this server, or to a proxy in front that is trusted to say so (RFC 8705 §6.5, RFC 9440).</summary>
internal static class CallCertificate
{
    public static MedIdError? Read(HttpContext context, ForwardedCertificateRule? rule, out PresentedCertificate? certificate)
    {
        certificate = null;
        var peer = context.Connection.RemoteIpAddress;
        if (rule is not null)
        {
            var refusal = rule.Read(peer, [.. context.Request.Headers[rule.HeaderName]], out var der);
            if (refusal is not null || rule.Trusts(peer))
            {
                // A proxy's own certificate is not the caller's.
                certificate = der is null ? null : new PresentedCertificate(der);
                return refusal;
            }
        }

        certificate = context.Connection.ClientCertificate is { } shown ? new PresentedCertificate(shown.RawDataMemory) : null;
        return null;
    }
}
