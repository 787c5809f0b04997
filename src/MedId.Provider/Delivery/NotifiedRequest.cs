using MedId.Ciba.Server;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>A request whose client is told.</summary>
internal sealed record NotifiedRequest(CibaRequest Request, ClientRegistration Client, string Endpoint, string Token, string AuthReqId)
{
    public override string ToString() => Request.ToString();
}
