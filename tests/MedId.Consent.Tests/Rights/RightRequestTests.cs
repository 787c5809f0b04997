namespace MedId.Consent.Tests;

public sealed class RightRequestTests
{
    private static readonly DateTimeOffset T = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = new DateTimeOffset(2026, 5, 17, 0, 0, 0, TimeSpan.Zero).AddTicks(-1);

    private static readonly RightRequest Erase = new() { Id = "r1", Clock = RightClocks.Find(LawIds.Ccpa, RightKind.Erase)!, Kind = RightKind.Erase, ReceivedAt = T };

    [Fact]
    public void IsLate_AtTheDueMoment_IsNotYet()
    {
        Assert.Equal(Due, Erase.Due().Value);
        Assert.False(Erase.IsLate(Due));
        Assert.True(Erase.IsLate(Due.AddTicks(1)));
    }

    [Fact]
    public void Apply_DoneInTime_StaysInTime()
    {
        var done = Erase.Apply(new(RightEventKind.Done, Due)).Value!;

        Assert.True(done.IsClosed);
        Assert.False(done.IsLate(Due.AddYears(1)));
        Assert.True(Erase.Apply(new(RightEventKind.Done, Due.AddTicks(1))).Value!.IsLate(Due));
    }

    [Fact]
    public void Apply_ExtendedInTime_Has45DaysMore()
    {
        var extended = Erase.Apply(new(RightEventKind.Extended, Due, "many-records")).Value!;

        Assert.Equal(Due.AddDays(45), extended.Due().Value);
        Assert.Equal(ConsentErrorCodes.ClockExtension, extended.Apply(new(RightEventKind.Extended, Due, "again")).Error?.Code);
        Assert.Equal(ConsentErrorCodes.ClockExtension, Erase.Apply(new(RightEventKind.Extended, Due.AddTicks(1), "too late")).Error?.Code);
    }

    [Fact]
    public void Apply_ExtensionThatTheLawDoesNotKnow_IsRefused() =>
        Assert.Equal(ConsentErrorCodes.ClockExtension, (Erase with { Clock = RightClocks.Find(LawIds.Appi, RightKind.Erase)! }).Apply(new(RightEventKind.Extended, T, "x")).Error?.Code);

    [Fact]
    public void Apply_AfterTheEnd_IsRefused() =>
        Assert.Equal(ConsentErrorCodes.RightClosed, Erase.Apply(new(RightEventKind.Refused, T, "identity")).Value!.Apply(new(RightEventKind.Done, T)).Error?.Code);

    [Theory]
    [InlineData(RightEventKind.Refused, 1, null)]
    [InlineData(RightEventKind.Refused, 1, " ")]
    [InlineData(RightEventKind.Extended, 1, null)]
    [InlineData(RightEventKind.Done, -1, null)]
    public void Apply_WithoutReasonOrBeforeTheRequest_IsRefused(RightEventKind kind, int ticks, string? reason) =>
        Assert.Equal(ConsentErrorCodes.RightEvent, Erase.Apply(new(kind, T.AddTicks(ticks), reason)).Error?.Code);

    [Fact]
    public void IsLate_LawWithoutANumber_IsNotKnown() => Assert.Null((Erase with { Clock = RightClocks.Find(LawIds.Appi, RightKind.Erase)! }).IsLate(T.AddYears(9)));
}
