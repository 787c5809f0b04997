using System.Net;
using System.Net.Sockets;

namespace MedId.Samples.IdentityProofing;

/// <summary>A free loopback port, known before the OP listens because it is part of its issuer.</summary>
internal static class LoopbackPort
{
    public static string NextUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return "http://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
