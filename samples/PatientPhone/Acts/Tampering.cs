using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Samples.PatientPhone;

/// <summary>Misbehaviour of the sample: changes one bit of a signature.</summary>
internal static class Tampering
{
    /// <summary>The signature stands last in the assertion (TAG_SIGNATURE after TAG_UAFV1_SIGNED_DATA), so its last byte is the signature's.</summary>
    public static string FlipLastBit(string uafResponse)
    {
        var messages = JsonNode.Parse(uafResponse)!;
        var assertion = messages[0]!["assertions"]![0]!;
        StrictBase64Url.TryDecode(assertion["assertion"]!.GetValue<string>(), out var bytes);
        bytes![^1] ^= 1;
        assertion["assertion"] = StrictBase64Url.Encode(bytes);
        return messages.ToJsonString();
    }
}
