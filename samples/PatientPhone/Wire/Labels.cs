using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;

namespace MedId.Samples.PatientPhone;

/// <summary>The challenges of the walk, computed by the phone from what it knows itself.</summary>
internal static class Labels
{
    public static string Enrol(string nonce, string ticket, string pushAddress) => Hash($"MedId enrol v1\n{nonce}\n{Hash(ticket)}\n{Hash(pushAddress)}");

    public static string Open(string nonce, string request) => Hash($"MedId open v1\n{nonce}\n{request}");

    public static string SignIn(string nonce, string account) => Hash($"MedId sign-in v1\n{nonce}\n{account}");

    public static string Consent(string nonce, string digest) => Hash($"MedId consent v1\n{nonce}\n{digest}");

    public static string Standing(string nonce, string digest) => Hash($"MedId standing v1\n{nonce}\n{digest}");

    private static string Hash(string ascii) => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(ascii)));
}
