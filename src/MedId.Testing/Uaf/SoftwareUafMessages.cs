using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>The JSON of responses, as a UAF client writes it, with the faults that lie there.</summary>
internal static class SoftwareUafMessages
{
    public static string FinalChallengeParams(SoftwareUafRequest request, UafFault fault)
    {
        var final = new JsonObject
        {
            ["appID"] = fault == UafFault.OtherAppId ? request.AppId + "/other" : request.AppId,
            ["challenge"] = fault == UafFault.OtherChallenge ? StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(32)) : (string)request.Members["challenge"]!,
            ["facetID"] = fault == UafFault.OtherFacet ? request.FacetId + "x" : request.FacetId,
            ["channelBinding"] = fault switch
            {
                UafFault.ChannelBindingAsList => new JsonArray(),
                UafFault.ForeignChannel => new JsonObject { ["serverEndPoint"] = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(32)) },
                _ => new JsonObject(),
            },
        };
        var left = fault switch
        {
            UafFault.NoChallenge => "challenge",
            UafFault.NoFacet => "facetID",
            UafFault.NoChannelBinding => "channelBinding",
            _ => string.Empty,
        };
        final.Remove(left);
        return SoftwareUafRequest.Encode(final);
    }

    public static string Response(SoftwareUafRequest request, string fcParams, byte[] assertion, UafFault fault)
    {
        // Members of a request's header that a response repeats.
        var header = new JsonObject();
        foreach (var member in new[] { "upv", "op", "appID", "serverData" })
        {
            if (request.Header[member] is { } value)
            {
                header[member] = value.DeepClone();
            }
        }

        header["appID"] = request.AppId;
        Spoil(header, fault);
        var entry = new JsonObject
        {
            ["header"] = header,
            ["fcParams"] = fault == UafFault.PaddedFinalChallengeParams ? fcParams + "==" : fcParams,
            ["assertions"] = Assertions(assertion, fault),
        };
        entry.Remove(fault switch
        {
            UafFault.NoHeader => "header",
            UafFault.NoFinalChallengeParams => "fcParams",
            UafFault.NoAssertions => "assertions",
            _ => string.Empty,
        });
        return fault switch
        {
            UafFault.NoArray => entry.ToJsonString(),
            UafFault.DuplicateVersion => new JsonArray(entry, entry.DeepClone()).ToJsonString(),
            _ => new JsonArray(entry).ToJsonString(),
        };
    }

    private static void Spoil(JsonObject header, UafFault fault)
    {
        switch (fault)
        {
            case UafFault.UnknownVersion:
                header["upv"] = new JsonObject { ["major"] = 1, ["minor"] = 7 };
                break;
            case UafFault.EmptyVersion:
                header["upv"] = new JsonObject();
                break;
            case UafFault.OperationInCapitals:
                header["op"] = ((string)header["op"]!).ToUpperInvariant();
                break;
            case UafFault.OtherOperation:
                header["op"] = (string)header["op"]! == "Reg" ? "Auth" : "Reg";
                break;
            case UafFault.OtherServerData:
                header["serverData"] = ((string?)header["serverData"] ?? string.Empty) + "x";
                break;
            case UafFault.OtherHeaderAppId:
                header["appID"] = (string)header["appID"]! + "/other";
                break;
            case UafFault.AppIdAsNumber:
                header["appID"] = 1;
                break;
            case UafFault.UnknownHeaderExtension:
                header["exts"] = new JsonArray(new JsonObject { ["id"] = "test.unknown", ["data"] = string.Empty, ["fail_if_unknown"] = true });
                break;
        }
    }

    private static JsonArray Assertions(byte[] assertion, UafFault fault)
    {
        var encoded = StrictBase64Url.Encode(assertion);
        var one = new JsonObject
        {
            ["assertionScheme"] = fault == UafFault.OtherScheme ? "UAFV2TLV" : "UAFV1TLV",
            ["assertion"] = fault switch
            {
                UafFault.PaddedAssertion => encoded + "==",
                UafFault.LineBreakInAssertion => encoded.Insert(encoded.Length / 2, "\n"),
                _ => encoded,
            },
        };
        // Not collection expressions: they call the generic Add, which a trimmed program cannot have.
        return fault switch
        {
            UafFault.EmptyAssertions => new JsonArray(),
            UafFault.TwoAssertions => new JsonArray(one, one.DeepClone()),
            _ => new JsonArray(one),
        };
    }
}
