using System.Text.Json.Nodes;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP with the profile fapi2: FAPI-CIBA over the FAPI 2.0 Security Profile.</summary>
public sealed class Fapi2Op() : PeerTlsOp("fapi2")
{
    /// <inheritdoc/>
    protected override IEnumerable<JsonObject> Clients()
    {
        var dpop = KeyClient("dpop");
        dpop.Remove("backchannel_authentication_request_signing_alg");
        dpop["dpop_bound_access_tokens"] = true;
        yield return dpop;
        var signed = KeyClient("signed");
        signed["dpop_bound_access_tokens"] = true;
        yield return signed;
        var tls = KeyClient("mtls");
        tls.Remove("backchannel_authentication_request_signing_alg");
        tls["tls_client_certificate_bound_access_tokens"] = true;
        yield return tls;
    }
}
