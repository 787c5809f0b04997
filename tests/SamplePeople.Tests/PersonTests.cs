using System.Text.Json;
using MedId.Samples.PatientPhone;

namespace MedId.Samples.Tests;

/// <summary>Nothing is ticked before, and no button works without the confirmation.</summary>
public class PersonTests
{
    [Theory]
    [InlineData("y\nn\n")]
    [InlineData("1\ny\nn\n")]
    [InlineData("c\ny\nn\n")]
    [InlineData("1\n1\nc\ny\nn\n")]
    [InlineData("3\nc\ny\nn\n")]
    [InlineData("")]
    public async Task Decide_NotConfirmedOrNothingKept_DoesNotAgree(string typed) => Assert.Null((await DecideAsync(typed)).Granted);

    [Fact]
    public async Task Decide_KeptAndConfirmed_AgreesToWhatWasKept() => Assert.Equal(["b"], (await DecideAsync("1\n2\n1\nc\ny\n")).Granted);

    [Fact]
    public async Task Decide_Shown_TicksNothingByItself()
    {
        using var screen = new StringWriter();
        await new ConsolePerson(new StringReader("n\n"), screen).DecideAsync(Shown(), CancellationToken.None);
        Assert.DoesNotContain("[x]", screen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approve", "", "a,b")]
    [InlineData("narrow", "", "a")]
    [InlineData("narrow", "b,c", "b")]
    public async Task Decide_FixedPerson_KeepsWhatItWasTold(string decide, string keep, string granted)
    {
        var person = new FixedPerson(decide, keep.Split(',', StringSplitOptions.RemoveEmptyEntries), TimeSpan.Zero, TimeProvider.System);
        Assert.Equal(granted.Split(','), (await person.DecideAsync(Shown(), CancellationToken.None)).Granted!.Order());
    }

    private static Task<Decision> DecideAsync(string typed) => new ConsolePerson(new StringReader(typed), TextWriter.Null).DecideAsync(Shown(), CancellationToken.None);

    private static Notice Shown()
    {
        const string notice = """{"version":"1","issuer":"i","request":"r","recipient":{"client_id":"c","name":"n"},"categories":[{"scope":"a","text":"A"},{"scope":"b","text":"B"}],"access_until":"2999-01-01T00:00:00Z"}""";
        var canonical = Notice.Canonical(JsonElement.Parse(notice));
        var digest = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(canonical)));
        return Notice.Read(JsonElement.Parse($$"""{"notice":{{notice}},"notice_digest":"{{digest}}"}"""), "i", "r", DateTimeOffset.UnixEpoch);
    }
}
