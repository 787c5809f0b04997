using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Samples.PatientPhone;

namespace MedId.Samples.Tests;

/// <summary>The phone signs only what it asked for: one valid offer, one change each.</summary>
public class UafOfferTests
{
    private const string AppId = "https://op.example/uaf/facets";
    private const string Line = "MedId consent v1; to=a; msg=-; sha-256=d";

    [Fact]
    public void Recognise_WhatWasAskedFor_Passes() => Recognise(Message());

    [Fact]
    public void Recognise_NoTransactionAskedAndNoneGiven_Passes() => Offer(Without(Message(), "transaction")).Recognise("Auth", AppId, "challenge", transaction: null);

    [Fact]
    public void Recognise_AnotherOperation_IsForeign()
    {
        var message = Message();
        message["header"]!["op"] = "Reg";
        AssertRefused(PhoneErrorCodes.RequestForeign, message);
    }

    [Fact]
    public void Recognise_AnotherApplication_IsForeign()
    {
        var message = Message();
        message["header"]!["appID"] = AppId + "/";
        AssertRefused(PhoneErrorCodes.RequestForeign, message);
    }

    [Fact]
    public void Recognise_AnotherChallenge_IsNotRecognised()
    {
        var message = Message();
        message["challenge"] = "Challenge";
        AssertRefused(PhoneErrorCodes.ChallengeNotRecognised, message);
    }

    [Fact]
    public void Recognise_SecondVersionWithAnotherChallenge_IsNotRecognised()
    {
        var second = Message();
        second["challenge"] = "other";
        AssertRefused(PhoneErrorCodes.ChallengeNotRecognised, Message(), second);
    }

    [Fact]
    public void Recognise_AnotherLine_IsNotRecognised()
    {
        var message = Message();
        message["transaction"]![0]!["content"] = Encode(Line + "x");
        AssertRefused(PhoneErrorCodes.TransactionNotRecognised, message);
    }

    [Fact]
    public void Recognise_SecondRendering_IsNotRecognised()
    {
        var message = Message();
        message["transaction"]!.AsArray().Add(message["transaction"]![0]!.DeepClone());
        AssertRefused(PhoneErrorCodes.TransactionNotRecognised, message);
    }

    [Fact]
    public void Recognise_NoTransactionWhereOneIsToBeSigned_IsNotRecognised() => AssertRefused(PhoneErrorCodes.TransactionNotRecognised, Without(Message(), "transaction"));

    [Fact]
    public void Recognise_TransactionWhereNoneWasAskedFor_IsNotRecognised() => Assert.Equal(
        PhoneErrorCodes.TransactionNotRecognised,
        Assert.Throws<PhoneRefusedException>(() => Offer(Message()).Recognise("Auth", AppId, "challenge", transaction: null)).Code);

    [Fact]
    public void Read_RefusalOfTheOp_KeepsItsCode() => Assert.Equal(
        "provider.ticket_expired",
        Assert.Throws<PhoneRefusedException>(() => UafOffer.Read("""{"statusCode":1491,"description":"provider.ticket_expired"}"""u8.ToArray())).Code);

    [Fact]
    public void Read_NoNonce_IsMalformed() => Assert.Equal(
        PhoneErrorCodes.AnswerMalformed,
        Assert.Throws<PhoneRefusedException>(() => UafOffer.Read("""{"statusCode":1200,"uafRequest":"[]","op":"Auth"}"""u8.ToArray())).Code);

    [Fact]
    public void FlipLastBit_Response_ChangesOneBitOfTheAssertionOnly()
    {
        var response = new JsonArray(new JsonObject { ["fcParams"] = "x", ["assertions"] = new JsonArray(new JsonObject { ["assertion"] = StrictBase64Url.Encode([1, 2, 3]) }) });
        var tampered = JsonNode.Parse(Tampering.FlipLastBit(response.ToJsonString()))!;
        Assert.Equal(StrictBase64Url.Encode([1, 2, 2]), tampered[0]!["assertions"]![0]!["assertion"]!.GetValue<string>());
        Assert.Equal("x", tampered[0]!["fcParams"]!.GetValue<string>());
    }

    private static JsonObject Message() => new()
    {
        ["header"] = new JsonObject { ["op"] = "Auth", ["appID"] = AppId },
        ["challenge"] = "challenge",
        ["transaction"] = new JsonArray(new JsonObject { ["contentType"] = "text/plain", ["content"] = Encode(Line) }),
    };

    private static JsonObject Without(JsonObject message, string member)
    {
        message.Remove(member);
        return message;
    }

    private static UafOffer Offer(params JsonObject[] messages) => new(new JsonArray([.. messages]).ToJsonString(), "nonce", default);

    private static void Recognise(params JsonObject[] messages) => Offer(messages).Recognise("Auth", AppId, "challenge", Line);

    private static void AssertRefused(string code, params JsonObject[] messages) => Assert.Equal(code, Assert.Throws<PhoneRefusedException>(() => Recognise(messages)).Code);

    private static string Encode(string ascii) => StrictBase64Url.Encode(Encoding.ASCII.GetBytes(ascii));
}
