using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Fido.Uaf.Tests;

/// <summary>The JSON of responses: one valid message, then one change each.</summary>
public sealed class ResponseParsingTests
{
    [Fact]
    public void Parse_ValidResponse_GivesItsMembers()
    {
        var response = Ceremony.Accepted(RegistrationResponse.Parse(Message(_ => { })));
        Assert.Equal(("https://op.example/uaf/facets", "state"), (response.Header.AppId, response.Header.ServerData));
        Assert.Equal(UafVersion.V11, response.Header.Version);
        Assert.Equal("facet", response.FinalChallenge.FacetId);
        Assert.Equal("UAFV1TLV", response.Assertions[0].Scheme);
    }

    public static TheoryData<string, string> Changes { get; } = new()
    {
        { "header", "null" }, { "header", "[]" }, { "header", "\"x\"" },
        { "header.upv", "null" }, { "header.upv", "{}" }, { "header.upv", "[]" }, { "header.upv", "{\"major\":1}" }, { "header.upv", "{\"major\":\"1\",\"minor\":1}" },
        { "header.upv", "{\"major\":1.5,\"minor\":1}" }, { "header.upv", "{\"major\":65536,\"minor\":1}" }, { "header.upv", "{\"major\":-1,\"minor\":1}" },
        { "header.op", "null" }, { "header.op", "\"\"" }, { "header.op", "\"reg\"" }, { "header.op", "\"REG\"" }, { "header.op", "1" },
        { "header.appID", "null" }, { "header.appID", "1" }, { "header.appID", "{}" },
        { "header.serverData", "\"\"" }, { "header.serverData", "null" }, { "header.serverData", "1" },
        { "header.exts", "{}" }, { "header.exts", "[]" }, { "header.exts", "[1]" }, { "header.exts", "null" },
        { "header.exts", "[{\"id\":\"\",\"data\":\"\",\"fail_if_unknown\":false}]" },
        { "header.exts", "[{\"id\":\"a\",\"fail_if_unknown\":false}]" },
        { "header.exts", "[{\"id\":\"a\",\"data\":\"\"}]" },
        { "header.exts", "[{\"id\":\"a\",\"data\":\"\",\"fail_if_unknown\":\"false\"}]" },
        { "fcParams", "null" }, { "fcParams", "\"\"" }, { "fcParams", "{}" }, { "fcParams", "1" },
        { "assertions", "null" }, { "assertions", "[]" }, { "assertions", "{}" }, { "assertions", "[null]" }, { "assertions", "[[]]" },
        { "assertions.0.assertionScheme", "null" }, { "assertions.0.assertionScheme", "\"\"" }, { "assertions.0.assertionScheme", "1" },
        { "assertions.0.assertion", "null" }, { "assertions.0.assertion", "1" },
        { "assertions.0.tcDisplayPNGCharacteristics", "{}" }, { "assertions.0.tcDisplayPNGCharacteristics", "[]" }, { "assertions.0.tcDisplayPNGCharacteristics", "[{}]" },
        { "assertions.0.exts", "{}" }, { "assertions.0.exts", "\"x\"" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Parse_MemberOfWrongTypeOrLength_IsRefused(string path, string value) =>
        Ceremony.Refused(UafErrorCodes.ResponseMalformed, RegistrationResponse.Parse(Message(entry => Set(entry, path, JsonNode.Parse(value)))));

    [Theory]
    [InlineData("header")]
    [InlineData("header.upv")]
    [InlineData("header.op")]
    [InlineData("fcParams")]
    [InlineData("assertions")]
    [InlineData("assertions.0.assertionScheme")]
    [InlineData("assertions.0.assertion")]
    public void Parse_RequiredMemberMissing_IsRefused(string path) =>
        Ceremony.Refused(UafErrorCodes.ResponseMalformed, RegistrationResponse.Parse(Message(entry => Remove(entry, path))));

    [Theory]
    [InlineData("appID", "null")]
    [InlineData("appID", "\"\"")]
    [InlineData("appID", "1")]
    [InlineData("challenge", "null")]
    [InlineData("challenge", "\"\"")]
    [InlineData("challenge", "1")]
    [InlineData("challenge", "\"AAAAAAAAAA\"")]
    [InlineData("challenge", "\"AAAAAAAAAAB\"")]
    [InlineData("challenge", "\"AAAAAAAAAAA=\"")]
    [InlineData("facetID", "null")]
    [InlineData("facetID", "\"\"")]
    [InlineData("facetID", "1")]
    [InlineData("channelBinding", "null")]
    [InlineData("channelBinding", "[]")]
    [InlineData("channelBinding", "\"\"")]
    [InlineData("channelBinding", "{\"serverEndPoint\":1}")]
    [InlineData("channelBinding", "{\"serverEndPoint\":\"\"}")]
    [InlineData("channelBinding", "{\"cid_pubkey\":{}}")]
    public void Parse_FinalChallengeMemberOfWrongTypeOrLength_IsRefused(string member, string value) =>
        Ceremony.Refused(UafErrorCodes.FinalChallengeParamsMalformed, RegistrationResponse.Parse(Message(entry => entry["fcParams"] = FcParams(member, JsonNode.Parse(value)))));

    [Theory]
    [InlineData(8, true)]
    [InlineData(64, true)]
    [InlineData(7, false)]
    [InlineData(65, false)]
    public void Parse_Challenge_Has8To64Bytes(int bytes, bool accepted)
    {
        var result = RegistrationResponse.Parse(Message(entry => entry["fcParams"] = FcParams("challenge", StrictBase64Url.Encode(new byte[bytes]))));
        Assert.Equal(accepted ? null : UafErrorCodes.FinalChallengeParamsMalformed, result.Error?.Code);
    }

    [Theory]
    [InlineData("header.appID", 512, true)]
    [InlineData("header.appID", 513, false)]
    [InlineData("header.serverData", 1536, true)]
    [InlineData("header.serverData", 1537, false)]
    [InlineData("assertions.0.assertionScheme", 65, false)]
    public void Parse_Text_HasItsLimit(string path, int length, bool accepted)
    {
        var result = RegistrationResponse.Parse(Message(entry => Set(entry, path, new string('a', length))));
        Assert.Equal(accepted ? null : UafErrorCodes.ResponseMalformed, result.Error?.Code);
    }

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, UafErrorCodes.Encoding)]
    [InlineData(0, UafErrorCodes.Encoding)]
    public void Parse_Assertion_Has1To4096Bytes(int length, string? code) => Assert.Equal(
        code,
        RegistrationResponse.Parse(Message(entry => Set(entry, "assertions.0.assertion", StrictBase64Url.Encode(new byte[length])))).Error?.Code);

    [Theory]
    [InlineData("AA==")]
    [InlineData("AAB")]
    [InlineData("AA\n")]
    [InlineData(" AA")]
    [InlineData("A+8")]
    [InlineData("A/8")]
    [InlineData("A")]
    public void Parse_LooseBase64Url_IsRefused(string text)
    {
        Ceremony.Refused(UafErrorCodes.Encoding, RegistrationResponse.Parse(Message(entry => Set(entry, "assertions.0.assertion", text))));
        Ceremony.Refused(UafErrorCodes.Encoding, RegistrationResponse.Parse(Message(entry => Set(entry, "fcParams", text))));
    }

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, UafErrorCodes.ResponseMalformed)]
    public void Parse_ExtensionId_Has1To32Characters(int length, string? code) => Assert.Equal(
        code,
        RegistrationResponse.Parse(Message(entry => Set(entry, "header.exts", new JsonArray(new JsonObject { ["id"] = new string('a', length), ["data"] = "", ["fail_if_unknown"] = false })))).Error?.Code);

    [Theory]
    [InlineData(8, null)]
    [InlineData(9, UafErrorCodes.ResponseMalformed)]
    public void Parse_Assertions_AreAtMostEight(int count, string? code) => Assert.Equal(
        code,
        RegistrationResponse.Parse(Message(entry => entry["assertions"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => entry["assertions"]![0]!.DeepClone())]))).Error?.Code);

    [Fact]
    public void Parse_UnknownMembers_AreIgnored() => Ceremony.Accepted(RegistrationResponse.Parse(Message(entry =>
    {
        entry["vendor"] = new JsonObject();
        entry["header"]!["vendor"] = 1;
        entry["assertions"]![0]!["vendor"] = "x";
    })));

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("[{}")]
    [InlineData("[{},]")]
    [InlineData("\uFEFF[{}]")]
    [InlineData("[{\"header\":{},\"header\":{}}]")]
    [InlineData("[{\"a\":\"\\ud800\"}]")]
    public void Parse_NoStrictJson_IsRefused(string json) => Ceremony.Refused(UafErrorCodes.NotJson, RegistrationResponse.Parse(json));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    public void Parse_JsonOfOtherShape_IsRefused(string json)
    {
        Ceremony.Refused(UafErrorCodes.ResponseMalformed, RegistrationResponse.Parse(json));
        Ceremony.Refused(UafErrorCodes.ResponseMalformed, AuthenticationResponse.Parse(json));
    }

    [Fact]
    public void Parse_MessageOverItsLimit_IsRefused()
    {
        var message = Message(_ => { });
        var limit = 128 * 1024;
        Ceremony.Accepted(RegistrationResponse.Parse(message.PadRight(limit)));
        Ceremony.Refused(UafErrorCodes.NotJson, RegistrationResponse.Parse(message.PadRight(limit + 1)));
        Ceremony.Refused(UafErrorCodes.NotJson, RegistrationResponse.Parse(Encoding.UTF8.GetBytes(message.PadRight(limit + 1))));
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused() =>
        Ceremony.Refused(UafErrorCodes.NotJson, RegistrationResponse.Parse(new string('[', 20) + new string(']', 20)));

    [Fact]
    public void Parse_SeveralVersions_TakesTheNewestKnown()
    {
        var entry = JsonNode.Parse(Message(_ => { }))![0]!;
        JsonNode Version(int minor)
        {
            var copy = entry.DeepClone();
            copy["header"]!["upv"]!["minor"] = minor;
            return copy;
        }

        Assert.Equal(UafVersion.V11, RegistrationResponse.Parse(new JsonArray(Version(0), Version(7), Version(1)).ToJsonString()).Value!.Header.Version);
        Ceremony.Refused(UafErrorCodes.VersionUnsupported, RegistrationResponse.Parse(new JsonArray(Version(7)).ToJsonString()));
        Ceremony.Refused(UafErrorCodes.VersionDuplicate, RegistrationResponse.Parse(new JsonArray(Version(7), Version(1), Version(7)).ToJsonString()));
    }

    private static string Message(Action<JsonObject> change)
    {
        var entry = new JsonObject
        {
            ["header"] = new JsonObject
            {
                ["upv"] = new JsonObject { ["major"] = 1, ["minor"] = 1 },
                ["op"] = "Reg",
                ["appID"] = "https://op.example/uaf/facets",
                ["serverData"] = "state",
            },
            ["fcParams"] = FcParams(),
            ["assertions"] = new JsonArray(new JsonObject { ["assertionScheme"] = "UAFV1TLV", ["assertion"] = "AT4AAA" }),
        };
        change(entry);
        return new JsonArray(entry).ToJsonString();
    }

    private static string FcParams(string? member = null, JsonNode? value = null)
    {
        var final = new JsonObject
        {
            ["appID"] = "https://op.example/uaf/facets",
            ["challenge"] = StrictBase64Url.Encode(new byte[32]),
            ["facetID"] = "facet",
            ["channelBinding"] = new JsonObject(),
        };
        if (member is not null)
        {
            final[member] = value;
        }

        return StrictBase64Url.Encode(Encoding.UTF8.GetBytes(final.ToJsonString()));
    }

    private static void Set(JsonNode node, string path, JsonNode? value)
    {
        var (parent, name) = Find(node, path);
        parent[name] = value;
    }

    private static void Remove(JsonNode node, string path)
    {
        var (parent, name) = Find(node, path);
        parent.AsObject().Remove(name);
    }

    private static (JsonNode Parent, string Name) Find(JsonNode node, string path)
    {
        var parts = path.Split('.');
        foreach (var part in parts.SkipLast(1))
        {
            node = int.TryParse(part, out var index) ? node[index]! : node[part]!;
        }

        return (node, parts[^1]);
    }
}
