using static MedId.Consent.Tests.CollectorScene;

namespace MedId.Consent.Tests;

public sealed class ConsentGatewayTests
{
    private readonly CollectorScene _scene = new();

    [Fact]
    public void Accept_Message_GoesToItsRoleWithAKeyForOnce()
    {
        var routed = Gateway.Accept(Request, "clinic", Now).Value!;

        Assert.Equal((CollectorRole.Provider, Request.Id, "gateway"), (routed.To, routed.ReplayKey.Id, routed.ReplayKey.Issuer));
        Assert.True(routed.ReplayKey.ExpiresAt >= Now + ConsentGateway.TimeWindow);
    }

    [Theory]
    [InlineData(15 * 60, true)]
    [InlineData(-15 * 60, true)]
    public void Accept_Time_Within15Minutes(int seconds, bool atTheEdge)
    {
        var edge = Request with { At = Now.AddSeconds(seconds) };

        Assert.Equal(atTheEdge, Gateway.Accept(edge, "clinic", Now).Succeeded);
        Assert.Equal(ConsentErrorCodes.MessageTime, Gateway.Accept(edge with { At = edge.At.AddTicks(Math.Sign(seconds)) }, "clinic", Now).Error?.Code);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("00000000-0000-4000-8000-00000000080A")]
    [InlineData("{00000000-0000-4000-8000-000000000800}")]
    public void Accept_IdThatIsNoUuidInLowerCase_IsRefused(string id) => Assert.Equal(ConsentErrorCodes.MessageId, Gateway.Accept(Request with { Id = id }, "clinic", Now).Error?.Code);

    [Fact]
    public void Accept_SenderThatIsAnother_IsRefused() => Assert.Equal(ConsentErrorCodes.MessageSender, Gateway.Accept(Request, "hospital", Now).Error?.Code);

    [Fact]
    public void Accept_PartyOrDirectionThatIsNone_IsRefused()
    {
        Assert.Equal(ConsentErrorCodes.MessageRoute, Gateway.Accept(Request with { To = "nobody" }, "clinic", Now).Error?.Code);
        Assert.Equal(ConsentErrorCodes.MessageRoute, Gateway.Accept(Request with { To = "cm" }, "clinic", Now).Error?.Code);
        Assert.Equal(ConsentErrorCodes.MessageRoute, Gateway.Accept(_scene.Revocation("clinic"), "clinic", Now).Error?.Code);
        Assert.Equal(ConsentErrorCodes.MessageRoute, Gateway.Accept(_scene.Answered(Grant) with { From = "clinic" }, "clinic", Now).Error?.Code);
    }
}
