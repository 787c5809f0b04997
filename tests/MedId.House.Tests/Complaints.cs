namespace MedId.House.Tests;

/// <summary>What a rule found wrong: all of it at once, so that one run shows the whole work.</summary>
internal static class Complaints
{
    public static void None(IEnumerable<string> complaints)
    {
        var found = complaints.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{found.Count} found:\n{string.Join('\n', found.Take(100))}");
        }
    }
}
