namespace MedId.Fido.Uaf.Tests;

public sealed class UafSignCounterTests
{
    [Theory]
    [InlineData(0u, 0u, true, UafSignCounterVerdict.NotSupported)]
    [InlineData(0u, 1u, true, UafSignCounterVerdict.Advanced)]
    [InlineData(1u, 2u, true, UafSignCounterVerdict.Advanced)]
    [InlineData(1u, uint.MaxValue, true, UafSignCounterVerdict.Advanced)]
    [InlineData(1u, 1u, true, UafSignCounterVerdict.NotAdvanced)]
    [InlineData(2u, 1u, true, UafSignCounterVerdict.NotAdvanced)]
    [InlineData(1u, 0u, true, UafSignCounterVerdict.NotAdvanced)]
    [InlineData(uint.MaxValue, 0u, true, UafSignCounterVerdict.NotAdvanced)]
    [InlineData(5u, 1u, false, UafSignCounterVerdict.NotSupported)]
    public void Judge_Counter_AsTheProtocolSays(uint stored, uint received, bool restricted, UafSignCounterVerdict verdict) =>
        Assert.Equal(verdict, UafSignCounter.Judge(stored, received, restricted));
}
