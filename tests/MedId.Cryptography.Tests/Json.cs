using System.Text;
using System.Text.Json;

namespace MedId.Cryptography.Tests;

internal static class Json
{
    public static JsonElement Parse(string json) => JsonElement.Parse(json);

    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
