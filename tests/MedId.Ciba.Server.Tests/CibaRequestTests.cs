using MedId.Core;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class CibaRequestTests
{
    private static readonly DateTimeOffset T = TestServer.Start;

    private static CibaRequest Request { get; } = new()
    {
        Tenant = TenantId.Single,
        Id = "request-1",
        AuthReqIdDigest = "digest-1",
        ClientId = TestServer.EhrId,
        Subject = "patient-0001",
        Scopes = ["openid"],
        AcrValues = [],
        CreatedAt = T,
        ExpiresAt = T.AddSeconds(300),
        Interval = TimeSpan.FromSeconds(5),
        FirstInterval = TimeSpan.FromSeconds(5),
        NextPollAt = T,
    };

    private static CibaPollOutcome Poll(CibaRequest request, double seconds, string client = TestServer.EhrId) => request.Poll(client, T.AddSeconds(seconds)).Outcome;

    [Fact]
    public void Poll_FirstAtOnce_IsPendingAndStartsTheInterval()
    {
        var poll = Request.Poll(TestServer.EhrId, T);
        Assert.Equal(CibaPollOutcome.Pending, poll.Outcome);
        Assert.Equal(T.AddSeconds(5), poll.Request.NextPollAt);
        Assert.Equal(CibaPollOutcome.Pending, Poll(poll.Request, 5));
        Assert.Equal(CibaPollOutcome.SlowDown, Poll(poll.Request, 4.999));
    }

    [Fact]
    public void Poll_TooFast_LengthensTheIntervalForGood()
    {
        var slow = Request.Poll(TestServer.EhrId, T).Request.Poll(TestServer.EhrId, T.AddSeconds(1));
        Assert.Equal(CibaPollOutcome.SlowDown, slow.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(10), slow.Request.Interval);
        Assert.Equal(CibaPollOutcome.SlowDown, Poll(slow.Request, 10.999));
        var next = slow.Request.Poll(TestServer.EhrId, T.AddSeconds(11));
        Assert.Equal(CibaPollOutcome.Pending, next.Outcome);
        Assert.Equal(T.AddSeconds(21), next.Request.NextPollAt);
    }

    [Fact]
    public void Poll_Order_IsClientUsedExpiredDeniedPace()
    {
        var fast = Request.Poll(TestServer.EhrId, T).Request;
        Assert.Equal(CibaPollOutcome.Unknown, Poll(fast with { Status = CibaStatus.Redeemed }, 301, "another"));
        Assert.Equal(CibaPollOutcome.Used, Poll(fast with { Status = CibaStatus.Redeemed }, 301));
        Assert.Equal(CibaPollOutcome.Expired, Poll(fast with { Status = CibaStatus.Denied }, 300));
        Assert.Equal(CibaPollOutcome.Denied, Poll(fast with { Status = CibaStatus.Denied }, 1));
        Assert.Equal(CibaPollOutcome.Approved, Poll(fast with { Status = CibaStatus.Approved }, 1));
        Assert.Equal(CibaPollOutcome.Approved, Poll(fast with { Status = CibaStatus.Approved }, 299.999));
        Assert.Equal(CibaPollOutcome.Expired, Poll(fast with { Status = CibaStatus.Approved }, 300));
    }

    [Fact]
    public void Poll_ContinualFastPolling_IsSanctionedForGoodAfterTenSlowDowns()
    {
        var request = Request.Poll(TestServer.EhrId, T).Request;
        for (var i = 0; i < CibaRequest.MaxFastPolls; i++)
        {
            var poll = request.Poll(TestServer.EhrId, T.AddSeconds(1));
            Assert.Equal(CibaPollOutcome.SlowDown, poll.Outcome);
            request = poll.Request;
        }

        var last = request.Poll(TestServer.EhrId, T.AddSeconds(1));
        Assert.Equal(CibaPollOutcome.PolledTooOften, last.Outcome);
        Assert.Equal(CibaPollOutcome.PolledTooOften, Poll(last.Request, 299));
        Assert.Equal(CibaPollOutcome.PolledTooOften, Poll(last.Request with { Status = CibaStatus.Approved }, 299));
        Assert.Equal(CibaPollOutcome.PolledTooOften, Poll(last.Request with { Status = CibaStatus.Denied }, 299));
        Assert.Equal(CibaPollOutcome.Expired, Poll(last.Request, 300));
        Assert.Equal(CibaPollOutcome.Unknown, Poll(last.Request, 1, "another"));

        // Ten slow answers, and then patience: the client gets what was decided.
        Assert.Equal(CibaPollOutcome.Approved, Poll(request with { Status = CibaStatus.Approved }, 1));
        Assert.Equal(CibaPollOutcome.Pending, Poll(request, 56));
    }

    [Fact]
    public void Poll_RecordOfAnEarlierVersion_IsSlowedDownAndNotSanctioned()
    {
        var request = (Request with { FirstInterval = null }).Poll(TestServer.EhrId, T).Request;
        for (var i = 0; i < 2 * CibaRequest.MaxFastPolls; i++)
        {
            var poll = request.Poll(TestServer.EhrId, T.AddSeconds(1));
            Assert.Equal(CibaPollOutcome.SlowDown, poll.Outcome);
            request = poll.Request;
        }
    }

    [Fact]
    public void ToString_Request_ShowsNothingOfThePerson()
    {
        var request = Request with { BindingMessage = "診察 A-7", Context = "{\"name\":\"合成 太郎\"}", Grant = TestServer.Grant(), NotificationToken = "token-1", AuthReqId = "auth-1", AuthorizationDetails = "details-1" };
        foreach (var personal in new[] { "patient-0001", "診察", "合成", "pt-1", "doctor-1", "digest-1", "token-1", "auth-1", "details-1" })
        {
            Assert.DoesNotContain(personal, $"{request} {request.Poll(TestServer.EhrId, T)}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Poll_OfAnotherClient_ChangesNothing() => Assert.Same(Request, Request.Poll("another", T).Request);

    [Fact]
    public void Transitions_FromEachState_AreThoseOfTheTable()
    {
        foreach (var status in Enum.GetValues<CibaStatus>())
        {
            var request = Request with { Status = status };
            Assert.Equal(status == CibaStatus.Pending, request.Approve(TestServer.Grant(), T) is { Status: CibaStatus.Approved, Grant: not null });
            Assert.Equal(status == CibaStatus.Pending, request.Deny(T) is { Status: CibaStatus.Denied });
            Assert.Equal(status == CibaStatus.Approved, request.Redeem(T) is { Status: CibaStatus.Redeemed });
            Assert.Equal(status is CibaStatus.Pending or CibaStatus.Approved, request.Cancel() is { Status: CibaStatus.Denied, Grant: null });
        }
    }

    [Fact]
    public void Transitions_AtTheEnd_AreNone()
    {
        Assert.NotNull(Request.Approve(TestServer.Grant(), T.AddSeconds(299.999)));
        Assert.Null(Request.Approve(TestServer.Grant(), T.AddSeconds(300)));
        Assert.Null(Request.Deny(T.AddSeconds(300)));
        Assert.Null((Request with { Status = CibaStatus.Approved }).Redeem(T.AddSeconds(300)));
    }

    [Fact]
    public void Approve_GrantOfSomebodyElse_Throws()
    {
        foreach (var grant in new[]
        {
            TestServer.Grant() with { ClientId = "another" }, TestServer.Grant() with { Subject = "another" }, TestServer.Grant() with { Tenant = new("another") },
        })
        {
            Assert.Throws<ArgumentException>(() => Request.Approve(grant, T));
        }
    }
}
