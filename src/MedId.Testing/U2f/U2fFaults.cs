using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>What each <see cref="U2fFault"/> changes outside of signatures and certificates.</summary>
internal static class U2fFaults
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool ConcernsRegistration(U2fFault fault) => fault is not (
        U2fFault.ForeignKey or U2fFault.OtherKeyHandle or U2fFault.NoUserPresence or U2fFault.CounterNotAdvanced or U2fFault.CounterReset);

    public static bool ConcernsAuthentication(U2fFault fault) => fault is not (
        U2fFault.OtherFirstByte or U2fFault.KeyHandleOverrun or U2fFault.EmptyKeyHandle or U2fFault.PointOffCurve or U2fFault.PointCompressed or U2fFault.GarbageCertificate
        or U2fFault.LeafOtherCurve or U2fFault.ForeignRoot or U2fFault.Expired or U2fFault.ForeignAttestationKey or U2fFault.SignedOtherKeyHandle or U2fFault.SignedOtherPublicKey);

    public static byte[] ClientData(string type, string otherType, string challenge, string facet, U2fFault fault)
    {
        var bound = fault switch
        {
            U2fFault.OtherChallenge => Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(challenge))).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            U2fFault.PaddedChallenge => challenge + "=",
            _ => challenge,
        };
        var members = new List<(string Name, JsonNode Value)>
        {
            ("typ", fault == U2fFault.OtherType ? otherType : type),
            ("challenge", bound),
            ("origin", fault == U2fFault.OtherFacet ? "https://elsewhere.example" : facet),
        };
        members.RemoveAll(member => (member.Name, fault) is ("typ", U2fFault.WithoutType) or ("challenge", U2fFault.WithoutChallenge) or ("origin", U2fFault.WithoutOrigin));
        switch (fault)
        {
            case U2fFault.ClientDataDuplicateMember:
                members.Add(("challenge", bound));
                break;
            case U2fFault.ClientDataUnknownMember:
                members.Add(("later", "x"));
                break;
            case U2fFault.ClientDataChannelId:
                members.Add(("cid_pubkey", "unused"));
                break;
            default:
                break;
        }

        // Written by hand, because a JSON object of .NET cannot repeat a member.
        var text = "{" + string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Value.ToJsonString(Plain)}")) + "}";
        var bytes = Encoding.UTF8.GetBytes(text);
        return fault switch
        {
            U2fFault.ClientDataNotJson => bytes[..^1],
            U2fFault.ClientDataNotUtf8 => [.. bytes[..^2], 0xC3, .. bytes[^2..]],
            _ => bytes,
        };
    }

    public static string AppId(string appId, U2fFault fault) => fault == U2fFault.OtherAppId ? appId + "/other" : appId;

    public static byte[] ChallengeHash(byte[] clientData, U2fFault fault) => SHA256.HashData(fault == U2fFault.SignedOtherClientData ? [.. clientData, 0x20] : clientData);

    public static byte[] Point(byte[] point, U2fFault fault) => fault switch
    {
        U2fFault.PointOffCurve => TestFaultBytes.FlipLast(point),
        U2fFault.PointCompressed => [0x02, .. point[1..]],
        _ => point,
    };

    public static byte[] Message(byte[] message, U2fFault fault) => fault switch
    {
        U2fFault.TrailingByte => [.. message, 0],
        U2fFault.CutOff => message[..Math.Min(message.Length / 2, message[0] == 5 ? 40 : 4)],
        U2fFault.Empty => [],
        _ => message,
    };
}
