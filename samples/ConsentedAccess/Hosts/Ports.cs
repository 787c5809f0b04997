using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Free loopback ports, known before anybody listens because every server has to know the others' addresses.</summary>
internal static class Ports
{
    // Below the ports that systems give to outgoing connections, so that none of those takes it meanwhile.
    private const int From = 20000;
    private const int To = 30000;
    private static readonly HashSet<int> Given = [];

    public static string NextUrl()
    {
        lock (Given)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(From, To);
                if (Given.Contains(port) || !IsFree(port))
                {
                    continue;
                }

                Given.Add(port);
                return "http://127.0.0.1:" + port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
