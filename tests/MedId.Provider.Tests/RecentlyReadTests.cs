namespace MedId.Provider.Tests;

public class RecentlyReadTests
{
    [Fact]
    public void Of_TheSameText_IsReadOnce()
    {
        var read = 0;
        var recent = new RecentlyRead<object>(_ => read++);
        var text = new string('a', 100);

        Assert.Same(recent.Of(text), recent.Of(text));
        Assert.Equal(1, read);
    }

    [Fact]
    public void Of_AnEqualTextOfAnotherOrigin_IsReadForItself()
    {
        var read = 0;
        var recent = new RecentlyRead<object>(_ => ++read);

        Assert.NotSame(recent.Of(new string('a', 100)), recent.Of(new string('a', 100)));
        Assert.Equal(2, read);
    }

    // Far more texts than places, in and out of turn, from several threads: each is what it says.
    [Fact]
    public void Of_ManyTexts_NeverGivesAnother()
    {
        var recent = new RecentlyRead<string>(text => text + "!");
        string[] texts = [.. Enumerable.Range(0, 2000).Select(number => $"text {number}")];

        Parallel.For(0, 20_000, turn =>
        {
            var text = texts[turn * 7919 % texts.Length];
            Assert.Equal(text + "!", recent.Of(text));
        });
    }
}
