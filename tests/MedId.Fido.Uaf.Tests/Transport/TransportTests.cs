using System.Text;

namespace MedId.Fido.Uaf.Tests;

public sealed class TransportTests
{
    [Fact]
    public void GetUafRequest_EveryMember_ComesBack()
    {
        var message = new GetUafRequest { Operation = UafOperation.Authentication, PreviousRequest = "[]", Context = """{"act":"open"}""" };
        Assert.Equal("""{"op":"Auth","previousRequest":"[]","context":"{\u0022act\u0022:\u0022open\u0022}"}""", message.ToJson());
        Assert.Equal(message, Ceremony.Accepted(GetUafRequest.Parse(Bytes(message.ToJson()))));
        Assert.Equal(new GetUafRequest(), Ceremony.Accepted(GetUafRequest.Parse(Bytes("{}"))));
    }

    [Fact]
    public void ReturnUafRequest_EveryMember_ComesBack()
    {
        var message = new ReturnUafRequest { StatusCode = 1200, UafRequest = "[]", Operation = UafOperation.Registration, Lifetime = TimeSpan.FromMinutes(5) };
        Assert.Equal("""{"statusCode":1200,"uafRequest":"[]","op":"Reg","lifetimeMillis":300000}""", message.ToJson());
        Assert.Equal(message, Ceremony.Accepted(ReturnUafRequest.Parse(Bytes(message.ToJson()))));
    }

    [Fact]
    public void SendUafResponse_EveryMember_ComesBack()
    {
        var message = new SendUafResponse { UafResponse = "[]", Context = "{}" };
        Assert.Equal(message, Ceremony.Accepted(SendUafResponse.Parse(Bytes(message.ToJson()))));
    }

    [Fact]
    public void ServerResponse_EveryMember_ComesBack()
    {
        var message = new ServerResponse
        {
            StatusCode = 1200,
            Description = "done",
            AdditionalTokens = [new UafToken("OAUTH2", "secret")],
            Location = "https://op.example/",
            PostData = "x",
            NewUafRequest = "[]",
        };
        var read = Ceremony.Accepted(ServerResponse.Parse(Bytes(message.ToJson())));
        Assert.Equal(message.ToJson(), read.ToJson());
        Assert.Equal(message.AdditionalTokens[0], read.AdditionalTokens[0]);
        Assert.DoesNotContain("secret", read.AdditionalTokens[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"uafResponse":null}""")]
    [InlineData("""{"uafResponse":""}""")]
    [InlineData("""{"uafResponse":[]}""")]
    [InlineData("""{"uafResponse":"[]","context":{}}""")]
    [InlineData("""[]""")]
    public void SendUafResponse_OfWrongForm_IsRefused(string json) => Ceremony.Refused(UafErrorCodes.TransportMalformed, SendUafResponse.Parse(Bytes(json)));

    [Theory]
    [InlineData("""{"op":"reg"}""")]
    [InlineData("""{"op":null}""")]
    [InlineData("""{"context":{}}""")]
    public void GetUafRequest_OfWrongForm_IsRefused(string json) => Ceremony.Refused(UafErrorCodes.TransportMalformed, GetUafRequest.Parse(Bytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("{\"uafResponse\":\"a\",\"uafResponse\":\"b\"}")]
    public void SendUafResponse_NoStrictJson_IsRefused(string json) => Ceremony.Refused(UafErrorCodes.NotJson, SendUafResponse.Parse(Bytes(json)));

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
