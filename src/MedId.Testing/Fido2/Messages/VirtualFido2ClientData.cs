using System.Security.Cryptography;
using System.Text;

namespace MedId.Testing;

/// <summary>clientDataJSON (WebAuthn Level 3 §5.8.1), or what a fault makes of it.</summary>
internal static class VirtualFido2ClientData
{
    private const string Elsewhere = "https://elsewhere.example";

    public static byte[] Write(bool creation, string challenge, VirtualFido2Client client, Fido2Fault fault)
    {
        var framed = client.CrossOrigin || fault is Fido2Fault.CrossOrigin or Fido2Fault.ForeignTopOrigin;
        var members = new List<(string Name, string Value)>
        {
            ("type", VirtualFido2Text.Quote(creation != (fault == Fido2Fault.OtherCeremony) ? "webauthn.create" : "webauthn.get")),
            ("challenge", VirtualFido2Text.Quote(Challenge(challenge, fault))),
            ("origin", VirtualFido2Text.Quote(Origin(client.Origin, fault))),
            ("crossOrigin", fault == Fido2Fault.CrossOriginAsText ? "\"true\"" : framed ? "true" : "false"),
        };
        var top = fault == Fido2Fault.ForeignTopOrigin ? Elsewhere : framed ? client.TopOrigin : null;
        if (top is not null)
        {
            members.Add(("topOrigin", VirtualFido2Text.Quote(top)));
        }

        switch (fault)
        {
            case Fido2Fault.ClientDataWithoutType:
                members.RemoveAt(0);
                break;
            case Fido2Fault.ClientDataWithoutChallenge:
                members.RemoveAt(1);
                break;
            case Fido2Fault.ClientDataWithoutOrigin:
                members.RemoveAt(2);
                break;
            case Fido2Fault.ClientDataDuplicateMember:
                members.Add(members[1]);
                break;
            case Fido2Fault.ClientDataUnknownMember:
                members.Add(("other_keys_can_be_added_here", "{\"x\":[1,null]}"));
                break;
            case Fido2Fault.ClientDataTokenBinding:
                members.Add(("tokenBinding", "{\"status\":\"supported\"}"));
                break;
            case Fido2Fault.ClientDataOtherOrder:
                members.Reverse();
                break;
            default:
                break;
        }

        var spaced = fault == Fido2Fault.ClientDataOtherOrder;
        var text = "{" + string.Join(spaced ? " , " : ",", members.Select(member => $"\"{member.Name}\"{(spaced ? " : " : ":")}{member.Value}")) + "}";
        var bytes = Encoding.UTF8.GetBytes(text);
        return fault switch
        {
            Fido2Fault.ClientDataByteOrderMark => [0xEF, 0xBB, 0xBF, .. bytes],
            Fido2Fault.ClientDataNotJson => bytes[..^1],
            Fido2Fault.ClientDataNotUtf8 => [.. bytes[..^1], .. ",\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            _ => bytes,
        };
    }

    private static string Challenge(string challenge, Fido2Fault fault) => fault switch
    {
        Fido2Fault.OtherChallenge => VirtualFido2Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(challenge))),
        Fido2Fault.PaddedChallenge => challenge + "=",
        _ => challenge,
    };

    private static string Origin(string origin, Fido2Fault fault) => fault switch
    {
        Fido2Fault.OtherOrigin => Elsewhere,
        Fido2Fault.OriginAsPrefix => origin + ".elsewhere.example",
        Fido2Fault.OriginInHttp => origin.StartsWith("https:", StringComparison.Ordinal)
            ? "http:" + origin["https:".Length..]
            : throw new ArgumentException($"{fault} needs an https origin.", nameof(fault)),
        _ => origin,
    };
}
