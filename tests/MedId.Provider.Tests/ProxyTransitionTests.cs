using MedId.Core;

namespace MedId.Provider.Tests;

public sealed class ProxyTransitionTests
{
    [Fact]
    public void Decide_EveryCell_IsAStateOrTheCodeOfTheState()
    {
        Assert.Equal(24, ProxyTransitions.All.Count);
        foreach (var cell in ProxyTransitions.All)
        {
            var decided = ProxyTransitions.Decide(cell.From, cell.Event);
            Assert.Equal(cell.To is null, !decided.Succeeded);
            Assert.Equal(cell.To is null ? ProxyTransitions.CodeOf(cell.From) : null, decided.Error?.Code);
        }

        Assert.Equal(ProviderErrorCodes.ProxyRegistered, ProxyTransitions.Decide(ProxyState.Registered, ProxyEvent.Suspend).Error?.Code);
        Assert.All(ProxyTransitions.All.Where(cell => cell.From == ProxyState.Ended), cell => Assert.Equal(ProviderErrorCodes.ProxyEnded, cell.Code));
    }

    [Fact]
    public void StateAt_EndOfTheTermOrComingOfAge_CountsAtThatInstant()
    {
        var end = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        var relation = new ProxyRelation
        {
            Tenant = TenantId.Single,
            Id = "synthetic",
            Patient = "a",
            Proxy = "b",
            Relationship = ProxyRelationship.Parent,
            PatientName = "a",
            ProxyName = "b",
            Evidence = [],
            LegalBasis = "parental-authority",
            Scopes = ["patient/*.rs"],
            Purposes = ["TREAT"],
            ValidFrom = end.AddDays(-1),
            ValidUntil = end.AddDays(1),
            ComesOfAgeAt = end,
            RegisteredBy = LifeCycleActor.Clerk("clerk", "office"),
            RegisteredAt = end.AddDays(-2),
            State = ProxyState.Active,
        };
        Assert.Equal(end, relation.EndsAt);
        Assert.False(relation.IsActive(end.AddDays(-1).AddTicks(-1)));
        Assert.True(relation.IsActive(end.AddDays(-1)));
        Assert.True(relation.IsActive(end.AddTicks(-1)));
        Assert.Equal((ProxyState.Ended, false), (relation.StateAt(end), relation.IsActive(end)));
        Assert.Equal(end.AddDays(1), (relation with { ComesOfAgeAt = null }).EndsAt);
    }
}
