namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What every error answer has in common (RFC 6749 §5.2, CIBA Core §13).</summary>
internal static class WireErrors
{
    private static readonly string[] Members = ["error", "error_description", "error_uri"];

    public static void Check(WireError row, LabAnswer answer)
    {
        Assert.True(row.Status == answer.Status, $"{answer.Status} instead of {row.Status}: {answer.Text}");
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        var body = answer.Json;
        Assert.True(row.Error == (string?)body["error"], answer.Text);
        Assert.All(body, member => Assert.Contains(member.Key, Members));
        foreach (var (_, value) in body)
        {
            // %x20-21 / %x23-5B / %x5D-7E: no quote, no backslash, nothing beyond ASCII, no line end.
            Assert.All((string)value!, c => Assert.True(c is (>= ' ' and <= '!') or (>= '#' and <= '[') or (>= ']' and <= '~'), $"U+{(int)c:X4}"));
        }

        Assert.Equal(row.RetryAfter, answer.Headers.GetValueOrDefault("Retry-After"));
        if (row.Challenge is { } challenge)
        {
            Assert.StartsWith(challenge, answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
        else
        {
            Assert.DoesNotContain("WWW-Authenticate", answer.Headers.Keys);
        }
    }
}
