using System.Text.Json.Nodes;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafRequestFactoryTests
{
    private static readonly UafRequestFactory Factory = new(Ceremony.AppId);
    private static readonly UafPolicy Policy = UafPolicy.ForModels(Aaid.Parse("FFFF#5A01"));
    private static readonly byte[] Challenge = new byte[32];

    [Fact]
    public void CreateRegistration_Request_HasOneEntryAVersion()
    {
        var request = Factory.CreateRegistration(Challenge, "患者 一", Policy, "state", [new UafExtension("fido.uaf.uvm", default, false)]);
        var entries = JsonNode.Parse(request.Json)!.AsArray();
        Assert.Equal([2, 1, 0], entries.Select(entry => (int)entry!["header"]!["upv"]!["minor"]!));
        Assert.All(entries, entry => Assert.Equal(["header", "challenge", "username", "policy"], entry!.AsObject().Select(member => member.Key)));

        var read = RegistrationRequest.Parse(request.Json).Value[0];
        Assert.Equal(("患者 一", request.Challenge, "state"), (read.Username, read.Challenge, read.Header.ServerData));
        Assert.Equal("fido.uaf.uvm", read.Header.Extensions[0].Id);
        Assert.Equal(Policy.ToJson(), read.Policy.ToJson());
    }

    [Fact]
    public void CreateAuthentication_Transactions_ComeBackByteForByte()
    {
        UafTransaction[] transactions = [UafTransaction.FromText("line"), UafTransaction.FromPng(TestPng.File(TestPng.Header(1, 1, 8, 3), [1, 2, 3], new byte[2]))];
        var request = Factory.CreateAuthentication(Challenge, Policy, transactions);
        var read = AuthenticationRequest.Parse(request.Json).Value[0];
        Assert.Equal(["text/plain", "image/png"], read.Transactions.Select(transaction => transaction.ContentType));
        Assert.Equal("bGluZQ", (string)JsonNode.Parse(request.Json)![0]!["transaction"]![0]!["content"]!);
        Assert.Equal(transactions[1].Content.ToArray(), read.Transactions[1].Content.ToArray());
        Assert.Equal(1u, read.Transactions[1].Png!.Width);
        Assert.Equal(new PngPaletteEntry(1, 2, 3), Assert.Single(read.Transactions[1].Png!.Palette));
        Assert.Null(read.Header.ServerData);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void CreateRegistration_Challenge_Has8To64Bytes(int bytes, bool accepted) =>
        Check(accepted, () => Factory.CreateRegistration(new byte[bytes], "u", Policy));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void CreateRegistration_Username_Has1To128Characters(int length, bool accepted) =>
        Check(accepted, () => Factory.CreateRegistration(Challenge, new string('u', length), Policy));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1536, true)]
    [InlineData(1537, false)]
    public void CreateAuthentication_ServerData_Has1To1536Characters(int length, bool accepted) =>
        Check(accepted, () => Factory.CreateAuthentication(Challenge, Policy, serverData: new string('s', length)));

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Constructor_AppId_HasAtMost512Characters(int length, bool accepted) => Check(accepted, () => new UafRequestFactory(new string('a', length)));

    [Fact]
    public void Constructor_UnknownOrRepeatedVersion_Throws()
    {
        Assert.Throws<ArgumentException>(() => new UafRequestFactory("a", [new UafVersion(1, 3)]));
        Assert.Throws<ArgumentException>(() => new UafRequestFactory("a", [UafVersion.V11, UafVersion.V11]));
        Assert.Throws<ArgumentException>(() => new UafRequestFactory("a", []));
    }

    public static TheoryData<string> IllegalCombinations { get; } =
    [
        """{"aaid":["FFFF#5A01"],"vendorID":["FFFF"]}""",
        """{"aaid":["FFFF#5A01"],"userVerification":2}""",
        """{"aaid":["FFFF#5A01"],"keyProtection":2}""",
        """{"aaid":["FFFF#5A01"],"matcherProtection":2}""",
        """{"aaid":["FFFF#5A01"],"tcDisplay":1}""",
        """{"aaid":["FFFF#5A01"],"authenticationAlgorithms":[1]}""",
        """{"aaid":["FFFF#5A01"],"assertionSchemes":["UAFV1TLV"]}""",
        """{"aaid":["FFFF#5A01"],"attestationTypes":[15879]}""",
        """{"userVerification":2}""",
        """{"authenticationAlgorithms":[1]}""",
        """{"assertionSchemes":["UAFV1TLV"]}""",
    ];

    [Theory]
    [MemberData(nameof(IllegalCombinations))]
    public void Create_CriteriaThatMayNotStandTogether_Throws(string criteria)
    {
        var policy = UafPolicy.Parse($$"""{"accepted":[[{{criteria}}]]}""").Value!;
        Assert.Throws<ArgumentException>(() => Factory.CreateRegistration(Challenge, "u", policy));
        Assert.Throws<ArgumentException>(() => Factory.CreateAuthentication(Challenge, policy));
        Assert.Throws<ArgumentException>(() => Factory.CreateAuthentication(Challenge, Policy with { Disallowed = policy.Accepted[0] }));
    }

    [Theory]
    [InlineData("""{"aaid":["FFFF#5A01"],"attachmentHint":1,"authenticatorVersion":2,"exts":[{"id":"x","data":"","fail_if_unknown":false}]}""")]
    [InlineData("""{"vendorID":["FFFF"],"authenticationAlgorithms":[1],"assertionSchemes":["UAFV1TLV"],"userVerification":2}""")]
    public void Create_CriteriaThatMayStandTogether_IsSent(string criteria) =>
        Assert.NotNull(Factory.CreateRegistration(Challenge, "u", UafPolicy.Parse($$"""{"accepted":[[{{criteria}}]]}""").Value!));

    [Fact]
    public void CreateDeregistration_Keys_AreNamed()
    {
        var key = new DeregisterAuthenticator(Aaid.Parse("FFFF#5A01"), UafKeyId.FromBytes(new byte[32]));
        var read = DeregistrationRequest.Parse(Factory.CreateDeregistration(key).Json).Value;
        Assert.Equal(3, read.Length);
        Assert.Equal(key, Assert.Single(read[0].Authenticators));
    }

    [Fact]
    public void CreateDeregistration_SeveralKeysAtOnce_GoesToNewerVersionsOnly()
    {
        var everything = DeregistrationRequest.Parse(Factory.CreateDeregistration(DeregisterAuthenticator.Everything).Json).Value;
        Assert.Equal([UafVersion.V12, UafVersion.V11], everything.Select(entry => entry.Header.Version));
        var model = DeregistrationRequest.Parse(Factory.CreateDeregistration(new DeregisterAuthenticator(Aaid.Parse("FFFF#5A01"), null)).Json).Value;
        Assert.Null(model[0].Authenticators[0].KeyId);
        Assert.Throws<ArgumentException>(() => new UafRequestFactory("a", [UafVersion.V10]).CreateDeregistration(DeregisterAuthenticator.Everything));
        Assert.Throws<ArgumentException>(() => Factory.CreateDeregistration());
        Assert.Throws<ArgumentException>(() => Factory.CreateDeregistration(new DeregisterAuthenticator(null, UafKeyId.FromBytes(new byte[32]))));
    }

    [Theory]
    [InlineData("""[{"header":{"upv":{"major":1,"minor":1},"op":"Dereg"},"authenticators":[{"aaid":"","keyID":"x"}]}]""")]
    [InlineData("""[{"header":{"upv":{"major":1,"minor":1},"op":"Dereg"},"authenticators":[{"aaid":"FFFF#5A0","keyID":""}]}]""")]
    [InlineData("""[{"header":{"upv":{"major":1,"minor":1},"op":"Dereg"},"authenticators":[]}]""")]
    [InlineData("""[{"header":{"upv":{"major":1,"minor":1},"op":"Dereg"}}]""")]
    public void Parse_DeregistrationOfWrongForm_IsRefused(string json) => Ceremony.Refused(UafErrorCodes.RequestMalformed, DeregistrationRequest.Parse(json).Then<DeregistrationRequest>(all => all[0]));

    [Fact]
    public void Parse_RequestOfAnotherOperation_IsRefused() =>
        Assert.Equal(UafErrorCodes.OperationMismatch, AuthenticationRequest.Parse(Factory.CreateRegistration(Challenge, "u", Policy).Json).Error!.Code);

    [Theory]
    [InlineData("""{"contentType":"text/html","content":"bGluZQ"}""")]
    [InlineData("""{"contentType":"text/plain","content":"5ZCM5oSP"}""")]
    [InlineData("""{"contentType":"image/png","content":"bGluZQ"}""")]
    [InlineData("""{"contentType":"text/plain","content":"bGluZQ","tcDisplayPNGCharacteristics":{"width":1,"height":1,"bitDepth":8,"colorType":2,"compression":0,"filter":0,"interlace":0}}""")]
    public void Parse_TransactionThatDoesNotFitItsType_IsRefused(string transaction)
    {
        var json = JsonNode.Parse(Factory.CreateAuthentication(Challenge, Policy, [UafTransaction.FromText("line")]).Json)!;
        json[0]!["transaction"]![0] = JsonNode.Parse(transaction);
        Assert.Equal(UafErrorCodes.RequestMalformed, AuthenticationRequest.Parse(json.ToJsonString()).Error!.Code);
    }

    private static void Check(bool accepted, Func<object> create)
    {
        if (accepted)
        {
            Assert.NotNull(create());
        }
        else
        {
            Assert.Throws<ArgumentException>(create);
        }
    }
}
