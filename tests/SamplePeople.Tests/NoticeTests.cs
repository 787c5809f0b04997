using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Provider;
using MedId.Samples.PatientPhone;

namespace MedId.Samples.Tests;

/// <summary>What the phone recognises of a notice, against the OP's own computation.</summary>
public class NoticeTests
{
    private const string Issuer = "https://op.example";
    private const string Request = "cmVxdWVzdA";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_NoticeOfTheRequest_GivesItsCategoriesInOrder() =>
        Assert.Equal(["patient/Patient.read", "patient/Condition.read"], Read(Valid()).Categories.Select(one => one.Scope));

    [Theory]
    [InlineData("issuer", "https://other.example")]
    [InlineData("request", "b3RoZXI")]
    [InlineData("version", "2")]
    [InlineData("access_until", "2026-11-21T09:00:00Z")]
    [InlineData("access_until", "later")]
    public void Read_OneMemberNotAsExpected_IsNotRecognised(string member, string value)
    {
        var notice = Valid();
        notice[member] = value;
        AssertNotRecognised(() => Read(notice));
    }

    [Fact]
    public void Read_DigestOfAnotherNotice_IsNotRecognised()
    {
        var other = Valid();
        other["title"] = "other";
        AssertNotRecognised(() => Notice.Read(Answer(Valid(), DigestOf(other)), Issuer, Request, Now));
    }

    [Fact]
    public void Read_NoCategories_IsNotRecognised()
    {
        var notice = Valid();
        notice["categories"] = new JsonArray();
        AssertNotRecognised(() => Read(notice));
    }

    [Fact]
    public void DigestWith_AnyChoice_IsTheDigestThatTheOpComputes()
    {
        var notice = Read(Valid());
        var choice = notice.Choice(new HashSet<string> { "patient/Condition.read" });
        var theirs = ConsentChoice.Make(["patient/Patient.read", "patient/Condition.read"], confirmed: true, ["patient/Condition.read"]).Value!;
        using var own = JsonDocument.Parse(choice.ToJsonString());
        Assert.Equal(theirs.ToCanonicalJson(), Notice.Canonical(own.RootElement));
        Assert.Equal(ConsentDigest.Compute(Notice.Canonical(notice.Json), theirs.ToCanonicalJson()), notice.DigestWith(choice));
    }

    [Theory]
    [InlineData("A-1047")]
    [InlineData("診察室3")]
    [InlineData("a;b")]
    [InlineData(null)]
    public void Transaction_AnyBindingMessage_IsTheLineThatTheOpWrites(string? message)
    {
        var notice = Valid();
        notice["binding_message"] = message;
        Assert.Equal(ConsentDigest.TransactionLine("ehr-clinic-a", message, "ZGlnZXN0"), Read(notice).Transaction("ZGlnZXN0"));
    }

    [Theory]
    [InlineData(0, "long")]
    [InlineData(1, "-")]
    public void Transaction_LineAtTheLimitAndOneBeyond_KeepsTheMessageOnlyWithin200(int beyond, string shown)
    {
        const string fixedPart = "MedId consent v1; to=ehr-clinic-a; msg=; sha-256=";
        var message = new string('m', 40);
        var digest = new string('d', 200 - fixedPart.Length - message.Length + beyond);
        var notice = Valid();
        notice["binding_message"] = message;
        var line = Read(notice).Transaction(digest);
        Assert.Contains(shown == "long" ? message : "msg=-;", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_AllFour_AreTheChallengesThatTheOpComputes()
    {
        Assert.Equal(Challenge.Enrol("n", "ticket", "http://127.0.0.1:1/push"), Labels.Enrol("n", "ticket", "http://127.0.0.1:1/push"));
        Assert.Equal(Challenge.Open("n", "id"), Labels.Open("n", "id"));
        Assert.Equal(Challenge.SignIn("n", "account"), Labels.SignIn("n", "account"));
        Assert.Equal(Challenge.Consent("n", "digest"), Labels.Consent("n", "digest"));
    }

    private static JsonObject Valid() => new()
    {
        ["version"] = "1",
        ["issuer"] = Issuer,
        ["request"] = Request,
        ["recipient"] = new JsonObject { ["client_id"] = "ehr-clinic-a", ["name"] = "見本（架空）" },
        ["title"] = "title",
        ["categories"] = new JsonArray(
            new JsonObject { ["scope"] = "patient/Patient.read", ["text"] = "基本情報" },
            new JsonObject { ["scope"] = "patient/Condition.read", ["text"] = "病名" }),
        ["access_until"] = "2026-11-21T09:00:01Z",
        ["binding_message"] = "A-1047",
    };

    private static Notice Read(JsonObject notice) => Notice.Read(Answer(notice, DigestOf(notice)), Issuer, Request, Now);

    private static JsonElement Answer(JsonObject notice, string digest) =>
        JsonElement.Parse(new JsonObject { ["notice"] = notice.DeepClone(), ["notice_digest"] = digest }.ToJsonString());

    private static string DigestOf(JsonObject notice) =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Notice.Canonical(JsonElement.Parse(notice.ToJsonString())))));

    private static void AssertNotRecognised(Action read) => Assert.Equal(PhoneErrorCodes.NoticeNotRecognised, Assert.Throws<PhoneRefusedException>(read).Code);
}
