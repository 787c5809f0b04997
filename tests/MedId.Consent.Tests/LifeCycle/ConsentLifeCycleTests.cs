namespace MedId.Consent.Tests;

public sealed class ConsentLifeCycleTests
{
    // One line a state, one letter an event in the order asked, given, refused, narrowed, read, withdrawn, expired, superseded, told: the state's letter, or a point where it cannot happen.
    private static readonly Dictionary<ConsentState, string> Expected = new()
    {
        [ConsentState.None] = "A........",
        [ConsentState.Asked] = ".GR...ES.",
        [ConsentState.Given] = "...NGWESG",
        [ConsentState.Narrowed] = "...NNWESN",
        [ConsentState.Refused] = "........R",
        [ConsentState.Withdrawn] = "........W",
        [ConsentState.Expired] = "........E",
        [ConsentState.Superseded] = "........S",
    };

    [Fact]
    public void Next_EveryStateAndEvent_IsAsTheTableSays()
    {
        foreach (var state in Enum.GetValues<ConsentState>())
        {
            foreach (var kind in Enum.GetValues<ConsentEventKind>())
            {
                var next = ConsentLifeCycle.Next(state, kind);
                var letter = Expected[state][(int)kind];
                Assert.Equal(letter, next.Succeeded ? next.Value.ToString()[0] : '.');
                Assert.True(next.Succeeded || next.Error.Code == ConsentErrorCodes.LifeCycle);
            }
        }
    }

    [Fact]
    public void LetsDataFlow_State_OnlyWhileItStands() =>
        Assert.Equal([ConsentState.Given, ConsentState.Narrowed], Enum.GetValues<ConsentState>().Where(ConsentLifeCycle.LetsDataFlow));
}
